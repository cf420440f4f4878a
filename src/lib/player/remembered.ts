/** The viewer's choices, kept on this device. Whatever is stored, the player gets a whole set. */
import { KEYS } from './keys.ts';
import { DEFAULTS, type CaptionLook, type Settings, type SmallPlace } from './model.ts';
import {
	CAPTION_PLACES,
	CAPTION_SIZES,
	COLOURS,
	EDGES,
	FONTS,
	LAYOUTS,
	OPACITIES,
	RATES
} from './model.ts';

const keyOf = (who: string): string => (who ? `player:${who}` : 'player');

type Loose = Record<string, unknown>;
const loose = (value: unknown): Loose =>
	typeof value === 'object' && value !== null ? (value as Loose) : {};

/** What may be chosen of each; anything not listed is a truth value, a number or a text. */
const LISTS: Record<string, readonly unknown[]> = {
	layout: LAYOUTS,
	rate: RATES,
	size: CAPTION_SIZES,
	font: FONTS,
	colour: COLOURS,
	background: COLOURS,
	window: COLOURS,
	edgeColour: COLOURS,
	opacity: OPACITIES.slice(1),
	backgroundOpacity: OPACITIES,
	windowOpacity: OPACITIES,
	edge: EDGES,
	place: CAPTION_PLACES
};
const BOUNDS: Record<string, [least: number, most: number]> = {
	...{ x: [0, 1], y: [0, 1], width: [0.2, 0.7], signShare: [20, 80] }
};

function isValid(name: string, value: unknown, usual: unknown): boolean {
	if (typeof value !== typeof usual) return false;
	const list = LISTS[name];
	if (list) return list.includes(value);
	const [least, most] = BOUNDS[name] ?? [-Infinity, Infinity];
	if (typeof value === 'number') return value >= least && value <= most;
	return typeof value !== 'string' || value.length <= 100;
}

/** `usual` with every valid value of `given` in its place. */
function merged<T extends object>(usual: T, given: unknown): T {
	const values = loose(given);
	const entries = Object.entries(usual).map(([name, value]) => [
		name,
		isValid(name, values[name], value) ? values[name] : value
	]);
	return Object.fromEntries(entries) as T;
}

/** Takes over only what is valid; storage may hold an older or a foreign shape. */
export function settingsFrom(stored: unknown, usual: Settings = DEFAULTS): Settings {
	const given = loose(stored);
	const { small, look, keys, ...flat } = usual;
	const hasKeys = typeof given.keys === 'object' && given.keys !== null;
	const ownKeys = Object.entries(loose(given.keys)).filter(
		([action, key]) => Object.hasOwn(KEYS, action) && typeof key === 'string' && key.length < 20
	);
	return {
		...merged(flat, given),
		small: merged<SmallPlace>(small, given.small),
		look: merged<CaptionLook>(look, given.look),
		keys: hasKeys ? (Object.fromEntries(ownKeys) as Record<string, string>) : keys
	};
}

/** What this device remembers; a private window may refuse storage, which is no error. */
export function recall(who: string): unknown {
	try {
		return JSON.parse(localStorage.getItem(keyOf(who)) ?? 'null');
	} catch {
		return null;
	}
}

export function remember(who: string, settings: Settings): void {
	try {
		localStorage.setItem(keyOf(who), JSON.stringify(settings));
	} catch {
		// Full or forbidden: the choice then lasts as long as the page.
	}
}
