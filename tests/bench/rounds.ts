/** Rounds in which ours and the baseline take turns: what disturbs the machine disturbs both. */

/** A measure of one turn: more is better or worse, as long as it is the same for both. */
export type Turn = () => Promise<number> | number;
export type Compared = { ours: number; baseline: number; ratio: number };

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
	if (low === undefined || high === undefined) throw new Error('nothing was measured');
	return (low + high) / 2;
}

/** The value that a share of all values (0 to 1) does not exceed: the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
	if (found === undefined) throw new Error('nothing was measured');
	return found;
}

/**
 * One turn of each to warm up, then `rounds` of both, each beginning in turn.
 * @returns the medians, and as ratio the median of the rounds' own ratios: both halves of a round
 *   met the same machine, two rounds may not have
 */
export async function compare(rounds: number, ours: Turn, baseline: Turn): Promise<Compared> {
	const [mine, bare]: [number[], number[]] = [[], []];
	await baseline();
	await ours();
	for (let round = 0; round < rounds; round++) {
		if (round % 2 === 0) mine.push(await ours());
		bare.push(await baseline());
		if (round % 2 === 1) mine.push(await ours());
	}
	return {
		ours: median(mine),
		baseline: median(bare),
		ratio: median(mine.map((value, round) => value / (bare[round] ?? NaN)))
	};
}
