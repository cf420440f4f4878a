import type { CaptionTrack } from './cue.ts';

/** Any one of these refuses the file: what it means is unsure, or it is not safe to pass on. */
export const REFUSALS = [
	'notCaptions',
	/** ASS or SSA: times, places and drawings in a language of its own. */
	'subStation',
	'empty',
	'tooLarge',
	'tooManyCues',
	'badTiming',
	'endBeforeStart',
	'forbiddenMarkup',
	'forbiddenStyle'
] as const;

/** These are told and mended, or told and left alone. */
export const NOTICES = [
	/** Cues did not stand in the order of their times; they were sorted. */
	'unordered',
	/** A cue starts before an earlier one has ended. */
	'overlap',
	'emptyCue',
	/** SRT formatting WebVTT cannot say; the words stay. */
	'markupRemoved',
	/** A tag no player shows, with all that stands between `<` and `>` (as in `<180℃`). */
	'unknownTag',
	'unknownSetting',
	/** SRT lines outside any cue: joined to the cue before; dropped before the first. */
	'strayText',
	/** STYLE or REGION after the first cue, where the standard ignores it; kept as a note. */
	'lateBlock'
] as const;

export type CaptionRefusal = (typeof REFUSALS)[number];
export type CaptionNotice = (typeof NOTICES)[number];

export interface CaptionProblem {
	code: CaptionRefusal | CaptionNotice;
	/** 1-based line of the file. */
	line: number;
	/** 1-based number of the cue in the order of the file. */
	cue?: number;
	/** The piece of the file that is meant, at most 40 characters; text, never to be read as HTML. */
	found?: string;
}

/** What a format's parser makes of a text: what it could read, and what it could not. */
export interface ParsedCaptions {
	track: CaptionTrack;
	/** The 1-based line of each cue's timing, in the order of `track.cues`. */
	cueLines: number[];
	/** The 1-based line on which each style sheet's block begins. */
	styleLines: number[];
	problems: CaptionProblem[];
}

const FOUND_CHARACTERS = 40;

/** Cuts what is quoted from a file to a length that fits a sentence. */
export const quote = (text: string): string => {
	const start = text.slice(0, 2 * FOUND_CHARACTERS);
	return [...start].slice(0, FOUND_CHARACTERS).join('');
};

export const isRefusal = (problem: CaptionProblem): boolean =>
	(REFUSALS as readonly string[]).includes(problem.code);
