/**
 * Keys that work while typing, so none of them writes a letter. By place on the keyboard (`code`):
 * with Alt some systems give another letter.
 */
export const ACTIONS = [
	...(['playPause', 'back', 'on', 'frameBack', 'frameOn', 'playCue'] as const),
	...(['startHere', 'endHere', 'earlier', 'later', 'restEarlier', 'restLater'] as const),
	...(['previous', 'next', 'split', 'join', 'insert', 'remove'] as const),
	...(['undo', 'redo', 'find', 'tap', 'nextFinding', 'save'] as const)
] as const;
export type Action = (typeof ACTIONS)[number];

/** As people read them. */
export const KEY_NAMES: Record<Action, string> = {
	playPause: 'Alt+K',
	back: 'Alt+J',
	on: 'Alt+L',
	frameBack: 'Alt+,',
	frameOn: 'Alt+.',
	playCue: 'Alt+R',
	startHere: 'Alt+I',
	endHere: 'Alt+O',
	earlier: 'Alt+[',
	later: 'Alt+]',
	restEarlier: 'Alt+Shift+[',
	restLater: 'Alt+Shift+]',
	previous: 'Alt+↑',
	next: 'Alt+↓',
	split: 'Alt+S',
	join: 'Alt+M',
	insert: 'Alt+N',
	remove: 'Alt+Delete',
	undo: 'Ctrl+Z',
	redo: 'Ctrl+Y',
	find: 'Alt+F',
	tap: 'Alt+T',
	nextFinding: 'Alt+X',
	save: 'Ctrl+S'
};

const CODES: Record<string, string> = {
	',': 'Comma',
	'.': 'Period',
	'[': 'BracketLeft',
	']': 'BracketRight',
	'↑': 'ArrowUp',
	'↓': 'ArrowDown',
	Delete: 'Delete'
};

type Press = Pick<KeyboardEvent, 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;

const pressed = ({ code, altKey, shiftKey, ctrlKey, metaKey }: Press): string =>
	[altKey && 'Alt', (ctrlKey || metaKey) && 'Ctrl', shiftKey && 'Shift', code]
		.filter(Boolean)
		.join('+');

const BY_PRESS = new Map<string, Action>(
	ACTIONS.map((action) => {
		const parts = KEY_NAMES[action].split('+');
		const last = parts.pop() ?? '';
		return [[...parts, CODES[last] ?? `Key${last}`].join('+'), action];
	})
);
BY_PRESS.set('Ctrl+Shift+KeyZ', 'redo').set('Alt+Backspace', 'remove');

export const actionOf = (press: Press): Action | undefined => BY_PRESS.get(pressed(press));

/** As ARIA writes it. */
export const shortcutOf = (action: Action): string =>
	KEY_NAMES[action].replace('↑', 'ArrowUp').replace('↓', 'ArrowDown').replace('Ctrl', 'Control');
