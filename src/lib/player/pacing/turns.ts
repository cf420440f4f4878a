/**
 * Turn-taking (先手语，后演示): into which rounds a lesson is parted. Fetched by who takes turns;
 * what is asked of a turn that there is, is in turn.ts.
 */
import type { Cue } from '#lib/captions/cue.ts';
import type { Span, Step, Turn } from '../model.ts';
import { overlap } from './turn.ts';

/** What turns are made of. */
export type TurnSources = { turns: Turn[]; steps: Step[]; cues: Cue[]; durationMs: number };

/** A turn is at least about this long: who looks back and forth more often sees neither. */
export const SHORTEST_TURN_MS = 3000;
/** Signing begins a little before its words and goes on a little after them. */
const AROUND_WORDS_MS = 1000;

const byStart = <T extends Span>(spans: readonly T[]): T[] =>
	[...spans].sort((a, b) => a.startMs - b.startMs);

/** Turns that follow each other through the whole lesson: short gaps are joined, long ones are turns. */
function withoutGaps(turns: readonly Turn[], durationMs: number): Turn[] {
	const all: Turn[] = [];
	const fill = (untilMs: number): void => {
		const last = all.at(-1);
		const fromMs = last?.endMs ?? 0;
		if (untilMs - fromMs >= SHORTEST_TURN_MS) all.push({ startMs: fromMs, endMs: untilMs });
		else if (last) last.endMs = Math.max(last.endMs, untilMs);
	};
	for (const turn of byStart(turns)) {
		const endMs = Math.min(turn.endMs, durationMs);
		if (endMs <= (all.at(-1)?.endMs ?? 0)) continue;
		fill(turn.startMs);
		const startMs = all.at(-1)?.endMs ?? 0;
		// What was marked for a longer video must not reach past the end of this one.
		const within = (span?: Span): Span | undefined =>
			(span && overlap(span, { startMs, endMs })) ?? undefined;
		all.push({ startMs, endMs, sign: within(turn.sign), hands: within(turn.hands) });
	}
	fill(durationMs);
	return all;
}

/** Captions that belong to one turn. */
function groupsOf(cues: readonly Cue[], steps: readonly Span[]): Cue[][] {
	const groups: Cue[][] = [];
	for (const cue of byStart(cues)) {
		const group = groups.at(-1);
		const startMs = group?.[0]?.startMs ?? -Infinity;
		const lengthMs = cue.startMs - startMs;
		const isNextStep = steps.some((step) => step.startMs > startMs && step.startMs <= cue.startMs);
		const shortestMs = isNextStep ? SHORTEST_TURN_MS / 2 : SHORTEST_TURN_MS;
		if (!group || lengthMs >= shortestMs) groups.push([cue]);
		else group.push(cue);
	}
	return groups;
}

/** Signing goes with the words; the gap after them belongs to the hands. */
function turnsOfCues(cues: readonly Cue[], steps: readonly Span[], durationMs: number): Turn[] {
	const groups = groupsOf(cues, steps);
	const startsMs = groups.map((group, i) => {
		const wordsMs = group[0]?.startMs ?? 0;
		const beforeMs = i === 0 ? 0 : Math.max(...(groups[i - 1] ?? []).map(({ endMs }) => endMs));
		const step = steps.findLast(({ startMs }) => startMs <= wordsMs && startMs >= beforeMs);
		return i === 0 ? 0 : (step?.startMs ?? wordsMs);
	});
	return groups.map((group, i) => {
		const [startMs = 0, endMs = durationMs] = startsMs.slice(i, i + 2);
		const saidMs = Math.max(...group.map((cue) => cue.endMs));
		const sign = {
			startMs: Math.max(startMs, (group[0]?.startMs ?? 0) - AROUND_WORDS_MS),
			endMs: Math.min(endMs, saidMs + AROUND_WORDS_MS)
		};
		return { startMs, endMs, sign };
	});
}

/**
 * The rounds of a lesson, from its beginning to its end: as the instructor marked them; without
 * marks by captions, without captions by steps. Empty when there is nothing to go by.
 */
export function turnsFor(
	marks: readonly Turn[],
	steps: readonly Span[],
	cues: readonly Cue[],
	durationMs: number
): Turn[] {
	if (marks.length > 0) return withoutGaps(marks, durationMs);
	if (cues.length > 0) return turnsOfCues(cues, steps, durationMs);
	return steps.length > 0
		? withoutGaps(
				steps.map(({ startMs, endMs }) => ({ startMs, endMs })),
				durationMs
			)
		: [];
}
