/** The keyboard map: one place for what a key does and for what the help says. */

/** In the order in which the help shows them, with the keys they have at first. */
export const KEYS = {
	play: ['Space', 'k'],
	back: ['←', 'j'],
	forward: ['→', 'l'],
	frameBack: [','],
	frameForward: ['.'],
	stepBack: ['b'],
	stepForward: ['n'],
	again: ['r'],
	slower: ['<'],
	faster: ['>'],
	loopStart: ['['],
	loopEnd: [']'],
	swap: ['s'],
	layout: ['v'],
	sign: ['g'],
	turns: ['t'],
	practice: ['p'],
	mirror: ['x'],
	zoomIn: ['+'],
	zoomOut: ['-'],
	captions: ['c'],
	sound: ['m'],
	fullscreen: ['f'],
	help: ['?']
} as const satisfies Record<string, readonly string[]>;

export type Action = keyof typeof KEYS;
export const ACTIONS = Object.keys(KEYS) as Action[];

const NAMES: Record<string, string> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→' };
/** These leave the player, the dialog or the page; nobody may take them. */
const RESERVED = /^(Tab|Escape|Enter|Shift|Control|Alt|Meta|Dead|Unidentified|Process|F\d+)$/;

/** Elements that use some of these keys themselves. */
const OWN_KEYS: [selector: string, keys: RegExp][] = [
	['button, summary, a[href]', /^( |Enter)$/],
	['select, textarea, input:not([type=range], [type=radio], [type=checkbox])', /./],
	['input, [role=slider], [role=separator]', /^( |Arrow)/]
];

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/** A press as the map names it; null for what can be no shortcut. */
export function keyOf(press: Press): string | null {
	if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
	if (RESERVED.test(press.key)) return null;
	return NAMES[press.key] ?? press.key.toLowerCase();
}

/** The keys of an action: the viewer's own one instead of the usual ones. */
export function keysOf(action: Action, own: Record<string, string>): readonly string[] {
	const chosen = own[action];
	if (chosen !== undefined) return chosen === '' ? [] : [chosen];
	const taken = Object.values(own);
	return KEYS[action].filter((key) => !taken.includes(key));
}

/** What a key press asks of the player; null when it is not for the player. */
export function actionOf(
	press: Press,
	target: Element | null,
	own: Record<string, string> = {}
): Action | null {
	const name = keyOf(press);
	if (!name) return null;
	for (const [selector, keys] of OWN_KEYS)
		if (target?.matches(selector) && keys.test(press.key)) return null;
	return ACTIONS.find((action) => keysOf(action, own).includes(name)) ?? null;
}
