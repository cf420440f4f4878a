/** The keyboard map: one place for what a key does and for what the help says. */

export type Action =
	| 'play'
	| 'back'
	| 'forward'
	| 'frameBack'
	| 'frameForward'
	| 'slower'
	| 'faster'
	| 'captions'
	| 'layout'
	| 'swap'
	| 'fullscreen'
	| 'sound'
	| 'help';

/** In the order in which the help shows them. */
export const KEYS: [Action, string[]][] = [
	['play', ['Space', 'k']],
	['back', ['←', 'j']],
	['forward', ['→', 'l']],
	['frameBack', [',']],
	['frameForward', ['.']],
	['slower', ['<']],
	['faster', ['>']],
	['captions', ['c']],
	['layout', ['v']],
	['swap', ['s']],
	['fullscreen', ['f']],
	['sound', ['m']],
	['help', ['?']]
];

const NAMES: Record<string, string> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→' };

/** Elements that use some of these keys themselves. */
const OWN_KEYS: [selector: string, keys: RegExp][] = [
	['button, summary, a[href]', /^( |Enter)$/],
	['select, textarea, input:not([type=range], [type=radio], [type=checkbox])', /./],
	['input', /^( |Arrow)/]
];

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/** What a key press asks of the player; null when it is not for the player. */
export function actionOf(press: Press, target: Element | null): Action | null {
	if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing) return null;
	for (const [selector, keys] of OWN_KEYS)
		if (target?.matches(selector) && keys.test(press.key)) return null;
	const name = NAMES[press.key] ?? press.key.toLowerCase();
	return KEYS.find(([, names]) => names.includes(name))?.[0] ?? null;
}
