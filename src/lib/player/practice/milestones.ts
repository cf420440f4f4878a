/** When a timer speaks to a screen reader: rarely, so that it can be lived with. */

export type Milestone = 'half' | 'minute';

const MINUTE_MS = 60_000;

/** What was passed between two looks at a timer, if it is worth saying. */
export function milestoneOf(totalMs: number, beforeMs: number, leftMs: number): Milestone | null {
	const hasPassed = (atMs: number): boolean => beforeMs > atMs && leftMs <= atMs;
	if (leftMs <= 0) return null;
	// The last minute of a timer of one or two is no news.
	if (totalMs > 2 * MINUTE_MS && hasPassed(MINUTE_MS)) return 'minute';
	return totalMs >= 2 * MINUTE_MS && hasPassed(totalMs / 2) ? 'half' : null;
}
