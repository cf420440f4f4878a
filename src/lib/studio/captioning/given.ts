/** What the page gives the studio; the studio knows no addresses and no player. */
import type { Cue } from '#lib/captions/cue.ts';
import type { CaptionLanguage, CaptionTier } from '#lib/captions/limits.ts';
import type { PictureArea } from '#lib/captions/area.ts';

export type Thumbnail = {
	startMs: number;
	endMs: number;
	sheet: string;
	x: number;
	y: number;
	width: number;
	height: number;
};

export type Pictures = {
	durationMs: number;
	poster?: string;
	/** Gives the leading element its media. @returns takes it away */
	attach: (video: HTMLVideoElement) => () => void;
	/** The signer beside it, where there is one. */
	sign?: {
		attach: (video: HTMLVideoElement) => () => void;
		/** Which moment of the sign track belongs to one of the lesson; undefined where there is none. */
		placeOf: (lessonMs: number) => number | undefined;
	};
	soundSrc?: string;
	thumbnails: () => Promise<Thumbnail[]>;
	handsAreas?: PictureArea[];
};

/** What to write from: another language, or the full captions for plain words. */
export type Beside = {
	language: CaptionLanguage;
	tier: CaptionTier;
	label: string;
	cues: readonly Cue[];
};

/** Which stretches of a text are words of the trade. */
export type FindTerms = (words: string) => { from: number; to: number }[];
