/** What a player is given and what it says. It knows no course, no route and no server. */
import type { Cue } from '#lib/captions/cue.ts';

export type Video = {
	/** An HLS playlist or a file the browser can play. */
	src: string;
	poster?: string;
	width: number;
	height: number;
	/** A WebVTT file whose cues name parts of a picture (`sprite.jpg#xywh=…`); fetched when wanted. */
	thumbnailsSrc?: string;
};

export type CaptionChoice = {
	id: string;
	/** BCP 47. */
	language: string;
	label: string;
	cues: Cue[];
	/** The same as a WebVTT file, for a page without JavaScript. */
	src?: string;
};

export type Layout = 'side' | 'corner' | 'large';
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export const LAYOUTS: Layout[] = ['side', 'corner', 'large'];
export const CORNERS: Corner[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];
export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
export const CAPTION_SIZES = [1, 2, 3, 4];

export type Settings = {
	layout: Layout;
	corner: Corner;
	/** Side by side: the signer stands first. */
	isSignFirst: boolean;
	rate: number;
	hasCaptions: boolean;
	/** Id of the chosen captions; empty for the first there are. */
	captions: string;
	/** 1 to 4. */
	captionSize: number;
	hasShortcuts: boolean;
};

export const DEFAULTS: Settings = {
	layout: 'side',
	corner: 'bottom-right',
	isSignFirst: false,
	rate: 1,
	hasCaptions: true,
	captions: '',
	captionSize: 2,
	hasShortcuts: true
};

/** What was really seen since the last report. Ranges are lesson milliseconds, sorted, apart. */
export type Watched = { ranges: [fromMs: number, toMs: number][]; positionMs: number };
