/**
 * Elements that load, run, link or ask for input in HTML. We never show a payload as HTML, but the
 * file is passed on (download, offline copy, other players), so it must not carry them.
 */
const ACTIVE = new RegExp(
	`</?(?:${[
		'a|applet|area|audio|base|body|button|canvas|dialog|embed|fieldset|form|frame|frameset|head',
		'html|iframe|image|img|input|isindex|link|map|marquee|math|meta|noembed|noframes|noscript',
		'object|option|param|picture|plaintext|portal|script|select|slot|source|style|svg|template',
		'textarea|title|track|video|xml|xmp'
	].join('|')})(?![\\w-])`,
	'i'
);
const DECLARATION = /<!(?:--|\[|doctype)|<\?[a-z]/i;
const TAG = /<([^<>]+)/g;
/** An event handler or a script address inside any tag, however harmless its name. */
const ACTIVE_ATTRIBUTE = /[\s"'/]on[a-z]+\s*=|javascript\s*:/i;

/** @returns where forbidden markup begins in a payload, or undefined if there is none */
export function findForbiddenMarkup(payload: string): number | undefined {
	if (!payload.includes('<')) return undefined;
	const starts = [ACTIVE.exec(payload)?.index, DECLARATION.exec(payload)?.index];
	const tags = ACTIVE_ATTRIBUTE.test(payload) ? payload.matchAll(TAG) : [];
	for (const tag of tags) {
		if (!ACTIVE_ATTRIBUTE.test(tag[1] ?? '')) continue;
		starts.push(tag.index);
		break;
	}
	const found = starts.filter((start) => start !== undefined);
	return found.length > 0 ? Math.min(...found) : undefined;
}

const FETCHING = /@import|(?:url|src|image|image-set|-webkit-image-set)\(/i;

/**
 * Whether a style sheet would ask a host for something. Browsers apply the sheets of a native
 * track, and no page of ours may send a trainee's address elsewhere.
 */
export function isFetchingStyle(css: string): boolean {
	// CSS lets any letter be written as an escape: `\75rl(` is `url(`.
	const plain = css.replace(
		/\\(?:([0-9a-f]{1,6})\s?|([^\n]))/gi,
		(_, hex: string, other: string) => (hex ? safeCharacter(Number.parseInt(hex, 16)) : other)
	);
	return FETCHING.test(plain);
}

const safeCharacter = (code: number): string =>
	code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
