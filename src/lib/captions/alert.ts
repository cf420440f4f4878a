/** Sounds that matter: a span of class `alert` in a payload, as in `<c.alert>[烤箱提示音]</c>`. */

const ALERT = /<\w[^>\s]*\.alert(?=[.\s>])/;

/** Whether a payload has a sound that matters. */
export const isAlert = (payload: string): boolean => ALERT.test(payload);

/** Whether every `<c>` that is closed was opened before, so that what stands around it is one span. */
function isBalanced(payload: string): boolean {
	let depth = 0;
	for (const [tag] of payload.matchAll(/<\/?c(?=[.\s>])/g)) {
		depth += tag === '<c' ? 1 : -1;
		if (depth < 0) return false;
	}
	return depth === 0;
}

/** The payload as a sound that matters, or as one that does not; other classes and tags stay. */
export function withAlert(payload: string, isOn: boolean): string {
	if (isOn === isAlert(payload)) return payload;
	if (isOn) return `<c.alert>${payload}</c>`;
	const inner = /^<c\.alert>([^]*)<\/c>$/.exec(payload)?.[1];
	if (inner !== undefined && isBalanced(inner)) return withAlert(inner, false);
	return payload.replaceAll(/(<\w[^>\s]*)\.alert(?=[.\s>])/g, '$1');
}
