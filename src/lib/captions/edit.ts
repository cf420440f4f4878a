/**
 * What an editor does to captions. Every function gives a new list or track; what it does not
 * touch stays the same object, so that notes, unknown settings, styles and regions survive.
 */
import { inOneLine } from './breaks.ts';
import type { CaptionTrack, Cue } from './cue.ts';
import { MINIMUM_GAP_MS } from './limits.ts';
import { widthOf } from './measure.ts';
import { cutPayload, visibleOf, withWords } from './visible.ts';

/** The list with some cues exchanged for others; the rest stays the same. */
export const exchanged = (
	cues: readonly Cue[],
	index: number,
	count: number,
	...instead: Cue[]
): Cue[] => [...cues.slice(0, index), ...instead, ...cues.slice(index + count)];

/** One cue changed by a function; an index that is not there changes nothing. */
export const changed = (cues: readonly Cue[], index: number, change: (cue: Cue) => Cue): Cue[] => {
	const cue = cues[index];
	return cue ? exchanged(cues, index, 1, change(cue)) : [...cues];
};

/** Writes other words; tags around them stay. */
export const writeWords = (cue: Cue, words: string): Cue => ({
	...cue,
	text: withWords(cue.text, words)
});

/** Sets the start in whole milliseconds, never before 0; the end moves on if it would come first. */
export function startingAt(cue: Cue, startMs: number): Cue {
	const start = Math.max(0, Math.round(startMs));
	const lengthMs = Math.max(1, cue.endMs - cue.startMs);
	return { ...cue, startMs: start, endMs: cue.endMs > start ? cue.endMs : start + lengthMs };
}

/** Sets the end in whole milliseconds, at least one after the start. */
export const endingAt = (cue: Cue, endMs: number): Cue => ({
	...cue,
	endMs: Math.max(cue.startMs + 1, Math.round(endMs))
});

/** Moves a cue in time with its length; never before 0. */
export function moved(cue: Cue, byMs: number): Cue {
	const by = Math.max(-cue.startMs, Math.round(byMs));
	return by === 0 ? cue : { ...cue, startMs: cue.startMs + by, endMs: cue.endMs + by };
}

/** Moves this cue and all after it in the list. */
export const shiftedFrom = (cues: readonly Cue[], index: number, byMs: number): Cue[] => {
	const first = cues[index];
	const by = first ? Math.max(-first.startMs, Math.round(byMs)) : 0;
	return cues.map((cue, at) => (at < index ? cue : moved(cue, by)));
};

/**
 * Parts a cue before a visible character (an index as `visibleOf` counts) and at a moment.
 * @returns the cue alone if either part would have no words or no time
 */
export function split(cue: Cue, at: number, atMs: number, gapMs = MINIMUM_GAP_MS): Cue[] {
	const [first, second] = cutPayload(cue.text, at);
	const half = Math.round(gapMs / 2);
	const endMs = Math.round(atMs) - half;
	const startMs = endMs + gapMs;
	const isWhole = !hasWords(first) || !hasWords(second);
	if (isWhole || endMs <= cue.startMs || startMs >= cue.endMs) return [cue];
	const rest = { ...cue };
	delete rest.notesBefore;
	return [
		{ ...cue, endMs, text: first },
		{ ...rest, id: '', startMs, text: second }
	];
}

const hasWords = (payload: string): boolean =>
	visibleOf(payload).some(({ shown }) => shown.trim() !== '');

/** When a part of the words is said, if all take their time by length. */
export function momentOf(cue: Cue, at: number): number {
	const shown = visibleOf(cue.text).map((character) => character.shown);
	const width = (characters: string[]): number => widthOf(characters.join(''), 'zh-CN');
	const share = width(shown.slice(0, at)) / Math.max(1, width(shown));
	return Math.round(cue.startMs + (cue.endMs - cue.startMs) * share);
}

/** Two cues as one, in two or more lines; it keeps the first one's id and place. */
export function joined(first: Cue, second: Cue): Cue {
	const notes = [...(first.notesBefore ?? []), ...(second.notesBefore ?? [])];
	const texts = [first.text, second.text].filter(hasWords);
	return {
		...first,
		endMs: Math.max(first.endMs, second.endMs),
		startMs: Math.min(first.startMs, second.startMs),
		text: texts.length > 1 ? texts.map(inOneLine).join('\n') : (texts[0] ?? ''),
		...(notes.length > 0 && { notesBefore: notes })
	};
}

/** The list without a cue; notes before it go to the next one, or to the one before. */
export function without(cues: readonly Cue[], index: number): Cue[] {
	const notes = cues[index]?.notesBefore;
	const rest = exchanged(cues, index, 1);
	if (!notes) return rest;
	const heir = Math.min(index, rest.length - 1);
	return changed(rest, heir, (cue) => {
		const own = cue.notesBefore ?? [];
		return { ...cue, notesBefore: heir === index ? [...notes, ...own] : [...own, ...notes] };
	});
}

/** Puts a cue where its start belongs; after those that start together with it. */
export function inserted(cues: readonly Cue[], cue: Cue): { cues: Cue[]; index: number } {
	const later = cues.findIndex(({ startMs }) => startMs > cue.startMs);
	const index = later < 0 ? cues.length : later;
	return { cues: exchanged(cues, index, 0, cue), index };
}

/** By start; cues that start together keep their order. The same list if it is sorted. */
export const sorted = (cues: readonly Cue[]): readonly Cue[] =>
	cues.every((cue, at) => at === 0 || (cues[at - 1]?.startMs ?? 0) <= cue.startMs)
		? cues
		: [...cues].sort((a, b) => a.startMs - b.startMs);

/** The track with other cues; everything else stays. The notes of a last cue taken away stay too. */
export function withCues(track: CaptionTrack, cues: readonly Cue[]): CaptionTrack {
	const orphaned =
		cues.length === 0 ? track.cues.flatMap(({ notesBefore }) => notesBefore ?? []) : [];
	return { ...track, cues: [...cues], notesAtEnd: [...orphaned, ...track.notesAtEnd] };
}
