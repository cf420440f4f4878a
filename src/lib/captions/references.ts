/**
 * Named character references. HTML knows 2,231; browsers bring that table, Node does not, so these
 * are the ones WebVTT §4.2.2 names and those that people type in captions. An unknown name stays
 * as it was written, which is what HTML does with a name it does not know.
 */
const NAMED = new Map<string, string>([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', '\u00a0'],
	['lrm', '\u200e'],
	['rlm', '\u200f'],
	['zwj', '\u200d'],
	['zwnj', '\u200c'],
	['shy', '\u00ad'],
	['ensp', '\u2002'],
	['emsp', '\u2003'],
	['thinsp', '\u2009'],
	['ndash', '–'],
	['mdash', '—'],
	['hellip', '…'],
	['lsquo', '‘'],
	['rsquo', '’'],
	['ldquo', '“'],
	['rdquo', '”'],
	['laquo', '«'],
	['raquo', '»'],
	['middot', '·'],
	['bull', '•'],
	['times', '×'],
	['divide', '÷'],
	['plusmn', '±'],
	['deg', '°'],
	['frac12', '½'],
	['frac14', '¼'],
	['frac34', '¾'],
	['copy', '©'],
	['reg', '®'],
	['trade', '™'],
	['yen', '¥'],
	['cent', '¢'],
	['pound', '£'],
	['euro', '€'],
	['larr', '←'],
	['rarr', '→'],
	['uarr', '↑'],
	['darr', '↓'],
	['hearts', '♥']
]);

/** Of those above, the ones HTML also reads without a semicolon, even inside a longer word. */
const WITHOUT_SEMICOLON = new Set(
	`amp lt gt quot nbsp shy laquo raquo middot times divide plusmn deg frac12 frac14 frac34
	copy reg yen cent pound`.split(/\s+/)
);
const LONGEST_WITHOUT_SEMICOLON = 6;

/** What HTML reads for &#128; to &#159;, which old Windows programs wrote. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const REFERENCE = /&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z][A-Za-z0-9]*));?/g;

/** Resolves character references (HTML "consume a character reference", not in an attribute). */
export function resolveReferences(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		REFERENCE,
		(whole: string, hex: string | undefined, digits: string | undefined, name = '') => {
			if (hex !== undefined) return numbered(Number.parseInt(hex, 16));
			if (digits !== undefined) return numbered(Number.parseInt(digits, 10));
			return named(whole, String(name));
		}
	);
}

function named(whole: string, name: string): string {
	const exact = NAMED.get(name);
	if (exact !== undefined && (whole.endsWith(';') || WITHOUT_SEMICOLON.has(name))) return exact;
	for (let length = Math.min(name.length, LONGEST_WITHOUT_SEMICOLON); length > 1; length--) {
		const start = name.slice(0, length);
		// `whole` begins with the ampersand.
		if (WITHOUT_SEMICOLON.has(start)) return (NAMED.get(start) ?? '') + whole.slice(1 + length);
	}
	return whole;
}

function numbered(code: number): string {
	if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
	if (code >= 0x80 && code < 0xa0) return WINDOWS_1252.charAt(code - 0x80);
	return String.fromCodePoint(code);
}
