/** One line of the benchmarks: our figure beside that of a bare baseline, on the same machine. */
export type Row = {
	name: string;
	/** With its unit, for reading. */
	ours: string;
	baseline: string;
	/** Ours divided by the baseline. */
	ratio: number;
	/** What is asked of the ratio, e.g. `≤ 1.1`. */
	asked: string;
	isReached: boolean;
	/** Further columns, e.g. other players measured in the same run. */
	[column: string]: string | number | boolean;
};
