/** A turn of a lesson: when there is signing in it, and when hands at work. */
import type { Span, Turn } from '../model.ts';

export const signOf = (turn: Turn): Span => turn.sign ?? turn;
export const handsOf = (turn: Turn): Span => turn.hands ?? turn;

/** The number of the turn that a lesson time belongs to. */
export const turnAt = (turns: readonly Turn[], atMs: number): number =>
	Math.max(
		0,
		turns.findLastIndex(({ startMs }) => startMs <= atMs)
	);

/** What two spans have in common, or null. */
export function overlap(a: Span, b: Span | null): Span | null {
	if (!b) return a;
	const span = { startMs: Math.max(a.startMs, b.startMs), endMs: Math.min(a.endMs, b.endMs) };
	return span.startMs < span.endMs ? span : null;
}
