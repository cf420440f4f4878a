/** What a player is given and what it says. It knows no course, no route and no server. */
import type { CaptionRegion, Cue } from '#lib/captions/cue.ts';
import type { Hazard } from '#lib/domain/hazards.ts';

/** Lesson milliseconds, from inclusive, to exclusive. */
export type Span = { startMs: number; endMs: number };

/** A part of a picture, in shares (0 to 1) of its width and height. */
export type Area = { x: number; y: number; width: number; height: number };

export type PictureId = 'demonstration' | 'sign';

export type Video = {
	/** An HLS playlist or a file the browser can play. */
	src: string;
	poster?: string;
	width: number;
	height: number;
	/** A WebVTT file whose cues name parts of a picture (`sprite.jpg#xywh=…`); fetched when wanted. */
	thumbnailsSrc?: string;
};

/** From when to when in the demonstration hands are at work, and where. */
export type ActionArea = Span & Area;

export type Demonstration = Video & { action?: ActionArea[] };

/** A piece of the sign track and its place in the lesson. */
export type SignSection = { lessonMs: number; mediaMs: number; lengthMs: number };

export type SignTrack = Video & {
	/** BCP 47, e.g. `csl` for Chinese Sign Language, and its name; needed where there are several. */
	language?: string;
	label?: string;
	/** Lesson time at which the track begins, when it is one piece; may be negative. */
	offsetMs?: number;
	/** Instead of `offsetMs`: the pieces it consists of, sorted by lesson time, apart. */
	sections?: SignSection[];
};

export type CaptionChoice = {
	id: string;
	/** BCP 47. */
	language: string;
	label: string;
	cues: Cue[];
	/** Regions of the picture that cues name in their settings. */
	regions?: CaptionRegion[];
	/** The same as a WebVTT file, for a page without JavaScript. */
	src?: string;
};

/** A chapter of the lesson (步骤): one thing to do. Sorted by time, apart. */
export type Step = Span & {
	id: string;
	title: string;
	picture?: string;
	/** What is easily done wrong or is dangerous, in a few words. */
	note?: string;
	/** What can hurt: shown as safety signs. */
	hazards?: readonly Hazard[];
	/** A waiting time that belongs to the step, e.g. baking 20 minutes. */
	timer?: { label: string; durationMs: number };
};

/**
 * One round of turn-taking: the signer explains `sign`, then the hands show `hands`; both lie in
 * lesson time, and each is the whole turn unless said otherwise.
 */
export type Turn = Span & { sign?: Span; hands?: Span };

/** A word of the trade with its sign. */
export type Term = {
	term: string;
	/** Other ways it is written in captions. */
	variants?: string[];
	explanation?: string;
	/** A short clip of the sign, looped without sound. */
	clip?: Video;
	picture?: string;
};

export type Layout = 'side' | 'corner' | 'large' | 'sign' | 'demonstration';
export const LAYOUTS: Layout[] = ['side', 'corner', 'large', 'sign', 'demonstration'];

/**
 * Where the small picture lies: `x` and `y` are shares of the free room (0 left or top, 1 right or
 * bottom), so that a place holds for every screen; `width` is a share of the stage's width,
 * or of 16:9 of its height where that is less.
 */
export type SmallPlace = { x: number; y: number; width: number };

export const CORNERS = {
	'top-left': { x: 0, y: 0 },
	'top-right': { x: 1, y: 0 },
	'bottom-left': { x: 0, y: 1 },
	'bottom-right': { x: 1, y: 1 }
} as const;
export type Corner = keyof typeof CORNERS;

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

/** What 47 CFR 79.103(c) lets a viewer choose; colours are its eight. */
export const COLOURS = [
	...(['white', 'black', 'red', 'green', 'blue', 'yellow', 'magenta', 'cyan'] as const)
];
export type Colour = (typeof COLOURS)[number];
export const FONTS = [
	'sans',
	'serif',
	'mono-sans',
	'mono-serif',
	'casual',
	'cursive',
	'small-capitals',
	'usual'
] as const;
export const EDGES = ['none', 'raised', 'depressed', 'uniform', 'shadow'] as const;
/** Percent of the usual size. */
export const CAPTION_SIZES = [50, 75, 100, 125, 150, 200];
/** Percent. */
export const OPACITIES = [0, 25, 50, 75, 100];
export const CAPTION_PLACES = ['below', 'over', 'beside'] as const;

export type CaptionLook = {
	size: number;
	font: (typeof FONTS)[number];
	colour: Colour;
	opacity: number;
	background: Colour;
	backgroundOpacity: number;
	window: Colour;
	windowOpacity: number;
	edge: (typeof EDGES)[number];
	edgeColour: Colour;
	place: (typeof CAPTION_PLACES)[number];
};

export type Settings = {
	layout: Layout;
	/** Side by side: the signer stands first. */
	isSignFirst: boolean;
	/** The sign language wished for; empty, or not there: the first there is. */
	signLanguage: string;
	/** Side by side: the signer's share of the room in percent; 50 is "both at one height". */
	signShare: number;
	small: SmallPlace;
	/** The small picture goes where the hands are not, and next to them. */
	followsAction: boolean;
	/** The pane in which something starts lights up. */
	hasAttention: boolean;
	/** The demonstration is mirrored, so that its right hand is on the learner's right. */
	isMirrored: boolean;
	rate: number;
	/** First the signer, then the hands. */
	takesTurns: boolean;
	pausesAtSteps: boolean;
	hasCaptions: boolean;
	/** Ids of the chosen captions; empty: the first there are, and no second ones. */
	captions: string;
	secondCaptions: string;
	look: CaptionLook;
	/** Sounds marked as mattering flash. */
	hasAlerts: boolean;
	/** The transcript is told line by line, for braille and screen readers. */
	isLive: boolean;
	/** Begin with the smallest pictures and stay there. */
	savesData: boolean;
	hasShortcuts: boolean;
	/** Keys chosen by the viewer, by action. */
	keys: Record<string, string>;
};

export const DEFAULTS: Settings = {
	layout: 'side',
	isSignFirst: false,
	signLanguage: '',
	signShare: 50,
	small: { x: 1, y: 1, width: 0.34 },
	followsAction: true,
	hasAttention: true,
	isMirrored: false,
	rate: 1,
	takesTurns: false,
	pausesAtSteps: false,
	hasCaptions: true,
	captions: '',
	secondCaptions: '',
	look: {
		...{ size: 100, font: 'usual', colour: 'white', opacity: 100 },
		...{ background: 'black', backgroundOpacity: 0, window: 'black', windowOpacity: 100 },
		...{ edge: 'none', edgeColour: 'black', place: 'below' }
	},
	hasAlerts: true,
	isLive: false,
	savesData: false,
	hasShortcuts: true,
	keys: {}
};

/** What was really seen since the last report. Ranges are lesson milliseconds, sorted, apart. */
export type Watched = { ranges: [fromMs: number, toMs: number][]; positionMs: number };
