/** For whom a track is written: all that is said, or the same in fewer and easier words. */
export type CaptionTier = 'full' | 'plain';
export type CaptionLanguage = 'zh-CN' | 'en';

export interface CaptionLimits {
	/** Full-width characters in Chinese, characters in English. */
	lineLength: number;
	lines: number;
	/** Characters a second in Chinese, words a minute in English: comfortable up to here. */
	speed: number;
	/** Above it a deaf trainee cannot read to the end. In the unit of `speed`. */
	hardSpeed: number;
	minimumMs: number;
	maximumMs: number;
}

/** More rows than this hide the work that is shown (BBC Subtitle Guidelines: three at the most). */
export const HARD_LINES = 3;

/** Two frames of 24 a second, so that the eye notices a new text (Netflix Timed Text, Timing). */
export const MINIMUM_GAP_MS = 83;

/** Percent of each side that screens may cut off: title-safe area of SMPTE ST 2046-1, EBU R 95. */
export const SAFE_MARGIN = 5;

/** 5/6 of a second (Netflix Timed Text, Timing). */
const SHORTEST_MS = 833;
/** 40 frames of 30 a second (DCMP Captioning Key, Presentation Rate). */
const SHORTEST_PLAIN_MS = 1333;
/** Netflix Timed Text, Timing; longer ones are read a second time. */
export const LONGEST_MS = 7000;

/** One place for every number that a caption is held to, with where it comes from. */
export const CAPTION_LIMITS: Readonly<
	Record<CaptionLanguage, Readonly<Record<CaptionTier, CaptionLimits>>>
> = {
	'zh-CN': {
		full: {
			/** Netflix Timed Text Style Guide, Chinese (Simplified): 16 a line, 2 lines, 9 a second. */
			lineLength: 16,
			lines: 2,
			speed: 9,
			/** Ours: a third above what Netflix takes from a hearing adult as the fastest. */
			hardSpeed: 12,
			minimumMs: SHORTEST_MS,
			maximumMs: LONGEST_MS
		},
		plain: {
			lineLength: 16,
			lines: 2,
			/** Ours, for people with little written Chinese; Netflix takes 7 for children. */
			speed: 5,
			/** What Netflix takes from an adult in a full track. */
			hardSpeed: 9,
			minimumMs: SHORTEST_PLAIN_MS,
			maximumMs: LONGEST_MS
		}
	},
	en: {
		full: {
			/** Netflix Timed Text Style Guide, English: 42 a line, 2 lines. */
			lineLength: 42,
			lines: 2,
			/** DCMP Captioning Key, upper-level educational media: 160 words a minute. */
			speed: 160,
			/** DCMP Captioning Key, theatrical media for adults: never above 235. */
			hardSpeed: 235,
			minimumMs: SHORTEST_MS,
			maximumMs: LONGEST_MS
		},
		plain: {
			/** DCMP Captioning Key, Line Division: 32 a line. */
			lineLength: 32,
			lines: 2,
			/** DCMP Captioning Key, lower-level educational media: 120 to 130. */
			speed: 120,
			/** What DCMP takes as comfortable in a full track. */
			hardSpeed: 160,
			minimumMs: SHORTEST_PLAIN_MS,
			maximumMs: LONGEST_MS
		}
	}
};
