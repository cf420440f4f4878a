/** Repeating a piece of the lesson: one cue, one step, or from A to B. */
import type { Cue } from '#lib/captions/cue.ts';
import * as m from '#lib/words/compiled/messages.js';
import type { Span } from '../model.ts';
import { clockTime } from '../time.ts';
import { Loops, type LoopKind, type Repeater } from './loops.svelte.ts';

export type { LoopKind, Repeater } from './loops.svelte.ts';

/** Who asks for something again this soon after a new cue began means the one before. */
const REACTION_MS = 600;
/** Shorter than this nothing can be seen. */
const LEAST_MS = 500;

const known = new WeakMap<Repeater, Loops>();

/** What is repeated in this playback; the same object at every call. */
export function loopsOf(playback: Repeater): Loops {
	const loops = known.get(playback) ?? new Loops(playback);
	known.set(playback, loops);
	return loops;
}

/** The cue somebody means who says "again" at this moment; null before the first one. */
export function cueToRepeat(cues: readonly Cue[], positionMs: number): Cue | null {
	const begun = cues.filter(({ startMs }) => startMs <= positionMs);
	const last = begun.at(-1);
	if (!last) return null;
	const isTooNew = positionMs - last.startMs < REACTION_MS;
	return (isTooNew && begun.at(-2)) || last;
}

/** The piece between two marks, whichever was set first, and long enough to be seen. */
export function spanBetween(oneMs: number, otherMs: number): Span {
	const startMs = Math.min(oneMs, otherMs);
	return { startMs, endMs: Math.max(oneMs, otherMs, startMs + LEAST_MS) };
}

/** What is repeated at the moment, in words. */
export function loopWords({ kind, span, markMs }: Loops): string {
	if (markMs !== null) return m.practice_loop_from({ from: clockTime(markMs) });
	if (kind === null || span === null) return m.practice_loop_none();
	const words: Record<LoopKind, () => string> = {
		cue: m.practice_loop_cue_on,
		step: m.practice_loop_step_on,
		marks: () =>
			m.practice_loop_marks_on({ from: clockTime(span.startMs), to: clockTime(span.endMs) })
	};
	return words[kind]();
}

/** The current cue three times from its beginning, then on. @returns what happened, in words */
export function repeatCue(playback: Repeater, cues: readonly Cue[]): string {
	const loops = loopsOf(playback);
	const cue = cueToRepeat(cues, playback.positionMs);
	if (cue) loops.repeat('cue', cue, 3);
	return loopWords(loops);
}

export function repeatStep(playback: Repeater, step: Span): string {
	const loops = loopsOf(playback);
	loops.repeat('step', step);
	return loopWords(loops);
}

/** Sets A here. @returns what happened, in words */
export function markStart(playback: Repeater): string {
	const loops = loopsOf(playback);
	loops.mark(playback.positionMs);
	return loopWords(loops);
}

/** Sets B here and repeats from A; with A–B on already, ends it. @returns what happened, in words */
export function markEnd(playback: Repeater): string {
	const loops = loopsOf(playback);
	if (loops.kind === 'marks' && loops.markMs === null) loops.end();
	else loops.repeat('marks', spanBetween(loops.markMs ?? 0, playback.positionMs));
	return loopWords(loops);
}

/** Ends whatever is repeated. @returns what happened, in words */
export function endLoop(playback: Repeater): string {
	const loops = loopsOf(playback);
	loops.end();
	return loopWords(loops);
}
