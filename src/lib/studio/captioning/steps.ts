/** What can be done to captions in the studio, each as a step to a new list and a chosen place. */
import type { Cue } from '#lib/captions/cue.ts';
import {
	changed,
	endingAt,
	exchanged,
	inserted,
	joined,
	moved,
	momentOf,
	shiftedFrom,
	sorted,
	split,
	startingAt,
	without,
	writeWords
} from '#lib/captions/edit.ts';
import { bestCut } from '#lib/captions/breaks.ts';
import {
	CAPTION_LIMITS,
	type CaptionLanguage,
	type CaptionTier,
	MINIMUM_GAP_MS
} from '#lib/captions/limits.ts';
import { timeFor } from '#lib/captions/measure.ts';
import { cutPayload, escapeWords, visibleOf } from '#lib/captions/visible.ts';
import { isTimed, timedCount, untimed, withoutTime } from '#lib/captions/untimed.ts';

/** The captions and which of them is worked on. */
export type Place = { cues: readonly Cue[]; index: number };
type Span = { startMs: number; endMs: number };
/** Two words are read in less; then it is out of the way of the hands. */
const LABEL_MS = 3000;
export type Kind = { language: CaptionLanguage; tier: CaptionTier };

/** How long words should stand at least to be read in comfort, in milliseconds. */
export function comfortMs(cue: Cue, { language, tier }: Kind): number {
	const limits = CAPTION_LIMITS[language][tier];
	const wantedMs = timeFor(cue, language, limits.speed);
	return Math.min(limits.maximumMs, Math.max(limits.minimumMs, wantedMs));
}

/** In the order of the starts again; the same cue stays chosen. */
export function inOrder({ cues, index }: Place): Place {
	const chosen = cues[index];
	const list = sorted(cues);
	return { cues: list, index: chosen ? list.indexOf(chosen) : index };
}

const onChosen = ({ cues, index }: Place, change: (cue: Cue) => Cue): Place =>
	inOrder({ cues: changed(cues, index, change), index });

export const write = (place: Place, words: string): Place =>
	onChosen(place, (cue) => writeWords(cue, words));

/** A line without a time gets one that its words can be read in. */
export const startAt = (place: Place, atMs: number, kind: Kind): Place =>
	onChosen(place, (cue) =>
		isTimed(cue)
			? startingAt(cue, atMs)
			: { ...cue, startMs: Math.round(atMs), endMs: Math.round(atMs) + comfortMs(cue, kind) }
	);

export const endAt = (place: Place, atMs: number): Place =>
	onChosen(place, (cue) => (isTimed(cue) ? endingAt(cue, atMs) : cue));

export const nudge = (place: Place, byMs: number): Place =>
	onChosen(place, (cue) => (isTimed(cue) ? moved(cue, byMs) : cue));

/** The chosen one and all after it. */
export function nudgeRest({ cues, index }: Place, byMs: number): Place {
	const count = timedCount(cues);
	const timed = shiftedFrom(cues.slice(0, count), index, byMs);
	return inOrder({ cues: [...timed, ...cues.slice(count)], index });
}

/**
 * Parts the chosen one before a visible character.
 * @param at where, or undefined for the best place
 * @param atMs the moment, if it lies inside; else by the length of the words
 */
export function splitAt(place: Place, at: number | undefined, atMs: number, kind: Kind): Place {
	const cue = place.cues[place.index];
	const length = cue ? visibleOf(cue.text).length : 0;
	const isInside = at !== undefined && at > 0 && at < length;
	const cut = isInside ? at : cue && bestCut(cue.text, kind.language);
	if (!cue || cut === undefined) return place;
	const parts = isTimed(cue)
		? split(cue, cut, atMs > cue.startMs && atMs < cue.endMs ? atMs : momentOf(cue, cut))
		: cutPayload(cue.text, cut).map((text, part) =>
				part === 0 ? { ...cue, text } : untimed(text)
			);
	if (parts.length < 2) return place;
	return { cues: exchanged(place.cues, place.index, 1, ...parts), index: place.index + 1 };
}

/** The chosen one and the next as one; not a timed one with one that has no time. */
export function joinNext({ cues, index }: Place): Place {
	const [first, second] = [cues[index], cues[index + 1]];
	if (!first || !second || isTimed(first) !== isTimed(second)) return { cues, index };
	return { cues: exchanged(cues, index, 2, joined(first, second)), index };
}

export function remove({ cues, index }: Place): Place {
	const rest = without(cues, index);
	return { cues: rest, index: Math.min(index, rest.length - 1) };
}

/** A new one at a moment, with room for a few words but not over the next one. */
export function insertAt({ cues }: Place, atMs: number, kind: Kind, text = ''): Place {
	const startMs = Math.max(0, Math.round(atMs));
	const { minimumMs } = CAPTION_LIMITS[kind.language][kind.tier];
	const nextMs = cues.find((cue) => cue.startMs > startMs)?.startMs ?? Infinity;
	const endMs = Math.max(startMs + minimumMs, Math.min(startMs + 2000, nextMs));
	return inserted(cues, { id: '', startMs, endMs, text, settings: {} });
}

/** A label for a stretch in which there are no words, as long as a caption stands at most. */
export function labelAt({ cues }: Place, { startMs, endMs }: Span, text: string): Place {
	// Right after the last word it would look like its end.
	const fromMs = startMs === 0 ? 0 : startMs + MINIMUM_GAP_MS;
	const untilMs = Math.min(fromMs + LABEL_MS, endMs - MINIMUM_GAP_MS);
	return inserted(cues, { id: '', startMs: fromMs, endMs: untilMs, text, settings: {} });
}

/** Lines as they were typed or pasted, one caption each, without a time. */
export function addLines({ cues }: Place, words: string): Place {
	const lines = words
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	const added = lines.map((line) => untimed(escapeWords(line)));
	return { cues: [...cues, ...added], index: cues.length };
}

/** From the chosen one on no caption has a time, so that they can be tapped anew. */
export const forgetTimes = ({ cues, index }: Place): Place => ({
	cues: cues.map((cue, at) => (at < index || !isTimed(cue) ? cue : withoutTime(cue))),
	index
});
