/** The figures of a scenario as rows of the benchmarks' table. */
import type { Row } from '../row.ts';
import { BARE, OURS } from './candidates.ts';
import type { Measured } from './measure.ts';
import type { Figure } from './scenarios/scenario.ts';

/** Pages other than ours and the bare one stand in columns of their own. */
export function rowsOf({ scenario, label, figures }: Measured): Row[] {
	const names = Object.keys(figures).filter((name) => ![OURS.name, BARE.name].includes(name));
	const pattern = Object.values(figures).find((list) => list !== null) ?? [];
	return pattern.map(({ name, unit, asked }, i) => {
		const of = (page: string): Figure | undefined => figures[page]?.[i];
		const [ours, bare] = [of(OURS.name)?.value ?? NaN, of(BARE.name)?.value ?? NaN];
		return {
			name: `${label}, ${scenario}: ${name}`,
			ours: worded(ours, unit),
			baseline: worded(bare, unit),
			ratio: bare > 0 ? ours / bare : NaN,
			asked: askedInWords(asked),
			isReached: isReached(asked, ours, bare),
			...Object.fromEntries(names.map((page) => [page, worded(of(page)?.value ?? NaN, unit)]))
		};
	});
}

function isReached(asked: Figure['asked'], ours: number, bare: number): boolean {
	if (!asked) return true;
	if (asked.timesBareAtMost !== undefined) return ours <= asked.timesBareAtMost * bare;
	return ours <= (asked.atMost ?? Infinity) && ours >= (asked.atLeast ?? -Infinity);
}

function askedInWords(asked: Figure['asked']): string {
	if (asked?.timesBareAtMost !== undefined) return `≤ ${asked.timesBareAtMost} × bare`;
	if (asked?.atMost !== undefined) return `≤ ${asked.atMost}`;
	return asked?.atLeast !== undefined ? `≥ ${asked.atLeast}` : '';
}

function worded(value: number, unit: Figure['unit']): string {
	if (Number.isNaN(value)) return 'never';
	return `${unit === 'MB' || unit === 'per s' ? value.toFixed(1) : Math.round(value)} ${unit}`.trim();
}
