/** The viewer's choices, kept on this device. Whatever is stored, the player gets a whole set. */
import { CAPTION_SIZES, CORNERS, DEFAULTS, LAYOUTS, RATES, type Settings } from './model.ts';

const KEY = 'player';

/** Takes over only what is valid; storage may hold an older or a foreign shape. */
export function settingsFrom(stored: unknown): Settings {
	const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<Settings>;
	const oneOf = <T>(all: readonly T[], value: T | undefined, otherwise: T): T =>
		value !== undefined && all.includes(value) ? value : otherwise;
	const truth = (value: unknown, otherwise: boolean): boolean =>
		typeof value === 'boolean' ? value : otherwise;
	return {
		layout: oneOf(LAYOUTS, given.layout, DEFAULTS.layout),
		corner: oneOf(CORNERS, given.corner, DEFAULTS.corner),
		isSignFirst: truth(given.isSignFirst, DEFAULTS.isSignFirst),
		rate: oneOf(RATES, given.rate, DEFAULTS.rate),
		hasCaptions: truth(given.hasCaptions, DEFAULTS.hasCaptions),
		captions: typeof given.captions === 'string' ? given.captions : DEFAULTS.captions,
		captionSize: oneOf(CAPTION_SIZES, given.captionSize, DEFAULTS.captionSize),
		hasShortcuts: truth(given.hasShortcuts, DEFAULTS.hasShortcuts)
	};
}

/** What this device remembers; a private window may refuse storage, which is no error. */
export function recall(): unknown {
	try {
		return JSON.parse(localStorage.getItem(KEY) ?? 'null');
	} catch {
		return null;
	}
}

export function remember(settings: Settings): void {
	try {
		localStorage.setItem(KEY, JSON.stringify(settings));
	} catch {
		// Full or forbidden: the choice then lasts as long as the page.
	}
}
