/** Into which parts a lesson is recorded: never more than one breath of signing, if possible. */
import type { Span } from '#lib/domain/timeline.ts';

export type Part = Span & { title?: string };
export type Way = 'parts' | 'whole';
type Cue = Span & { text: string };

/** Less than this is no part of its own: nobody gets ready for it. */
const SHORTEST_MS = 3000;
/** A new caption begins a new part from here on, and in any case there. */
const SETTLED_MS = 8000;
const LONGEST_MS = 15_000;
const PIECE_MS = 12_000;

/**
 * The parts of a lesson, one after the other without gaps: its steps; without steps its captions in
 * groups of about 5 to 15 s; without captions pieces of one length.
 */
export function partsOf(lesson: {
	durationMs: number;
	steps: readonly (Span & { title: string })[];
	cues: readonly Cue[];
}): Part[] {
	const { durationMs, steps, cues } = lesson;
	if (steps.length > 0) return between(startsOfSteps(steps), durationMs);
	if (cues.length > 0) return between(startsOfCues(cues), durationMs);
	const count = Math.max(1, Math.round(durationMs / PIECE_MS));
	const starts = Array.from({ length: count }, (_, index) => ({
		startMs: Math.round((durationMs * index) / count)
	}));
	return between(starts, durationMs);
}

/** The lesson in one take. */
export const wholeOf = (durationMs: number): Part[] => [{ startMs: 0, endMs: durationMs }];

type Start = { startMs: number; title?: string };

const startsOfSteps = (steps: readonly (Span & { title: string })[]): Start[] =>
	steps.map(({ startMs, title }) => ({ startMs, title }));

function startsOfCues(cues: readonly Cue[]): Start[] {
	const starts: Start[] = [];
	for (const { startMs, endMs } of [...cues].sort((a, b) => a.startMs - b.startMs)) {
		const since = starts.at(-1)?.startMs;
		const isFull = since !== undefined && endMs - since > LONGEST_MS;
		const isEnough = since !== undefined && startMs - since >= (isFull ? SHORTEST_MS : SETTLED_MS);
		if (since === undefined || isEnough) starts.push({ startMs });
	}
	return starts;
}

/** From each start to the next one; what is too short goes with its neighbour. */
function between(starts: readonly Start[], durationMs: number): Part[] {
	const apart: Start[] = [];
	for (const start of starts) {
		const before = apart.at(-1)?.startMs ?? 0;
		if (apart.length === 0 && start.startMs >= SHORTEST_MS) apart.push({ startMs: 0 });
		if (apart.length === 0) apart.push({ ...start, startMs: 0 });
		else if (start.startMs > before && durationMs - start.startMs >= SHORTEST_MS) apart.push(start);
	}
	return apart.map((start, index) => ({
		...start,
		endMs: apart[index + 1]?.startMs ?? durationMs
	}));
}

/**
 * Which part comes next: the first that is wanted after the chosen one, then those before it, as one
 * that cannot be used; -1 when there is no other.
 */
export function nextWanted(isWanted: readonly boolean[], chosen: number): number {
	const after = isWanted.findIndex((wanted, index) => wanted && index > chosen);
	return after >= 0 ? after : isWanted.findIndex((wanted, index) => wanted && index !== chosen);
}
