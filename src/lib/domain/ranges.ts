/** Watched ranges: half-open spans [fromMs, toMs) of a lesson's media time, sorted and disjoint. */

export type Range = readonly [fromMs: number, toMs: number];

/** Seen to the end by a person is rarely seen to the last frame: 95 % is complete. */
export const COMPLETE_SHARE = 0.95;
/** Ranges this close are one: a seek lands on a frame, not on a millisecond. */
const JOIN_WITHIN_MS = 100;

/**
 * The union of two sets of ranges. Commutative, associative and idempotent, so messages may come
 * twice, late, out of order or from two devices.
 */
export function union(one: readonly Range[], other: readonly Range[]): Range[] {
	const all = [...one, ...other].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
	const joined: [number, number][] = [];
	for (const [from, to] of all) {
		const last = joined.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else joined.push([from, to]);
	}
	return joined;
}

/** Cuts ranges to [0, durationMs). */
export const within = (ranges: readonly Range[], durationMs: number): Range[] =>
	ranges.flatMap(([from, to]) =>
		from < durationMs ? [[from, Math.min(to, durationMs)] as const] : []
	);

/** Unique milliseconds watched. */
export const watchedMs = (ranges: readonly Range[]): number =>
	ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** Whether so much of a lesson was watched that it counts; gaps no longer than a seek's do not. */
export function isComplete(
	ranges: readonly Range[],
	durationMs: number,
	share = COMPLETE_SHARE
): boolean {
	let covered = 0;
	let lastTo = 0;
	for (const [from, to] of ranges) {
		covered += to - from;
		if (from - lastTo <= JOIN_WITHIN_MS) covered += from - lastTo;
		lastTo = to;
	}
	return durationMs > 0 && covered >= durationMs * share;
}
