/** How often something has been repeated, told by where the lesson is. */
import type { Span } from '../model.ts';

/** Further away than this from what is repeated, somebody has gone elsewhere. */
const AWAY_MS = 1000;

/**
 * @returns a function to be told each position in ms; true once the last of `rounds` has begun, so
 * that it plays out and goes on, or once somebody has gone elsewhere
 */
export function roundsOf({ startMs, endMs }: Span, rounds: number): (atMs: number) => boolean {
	const halfMs = (endMs - startMs) / 2;
	let round = 1;
	let beforeMs: number | null = null;
	return (atMs) => {
		const isThere = atMs > startMs - AWAY_MS && atMs < endMs + AWAY_MS;
		// The seek to its beginning has not been done yet, and is no round.
		if (beforeMs === null && (!isThere || atMs > startMs + halfMs)) return false;
		if (beforeMs !== null && beforeMs - atMs > halfMs) round += 1;
		beforeMs = atMs;
		return !isThere || round >= rounds;
	};
}
