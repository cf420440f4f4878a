/** Bytes and marked-up words from outside, as plain text. */
import { OutsideFailure } from './failure.ts';
import type { Answer } from './outside.ts';

/** Where a document names its own letters: `<?xml encoding="…"`, `<meta charset="…"`. */
const NAMED_INSIDE = /(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{1,40})/i;
const HEAD_BYTES = 1024;

/**
 * Text in the letters its sender says, or a document says itself; else UTF-8. Shops here still write
 * GB 18030. A letter that is none becomes a sign for that: one bad byte is no reason to read nothing.
 * @throws OutsideFailure 'unreadable' for letters nobody knows
 */
export function textOf({ bytes, headers }: Answer): string {
	const [, said] = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(headers['content-type'] ?? '') ?? [];
	const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
	const inside = /^[^\w{["]*</.test(head) ? NAMED_INSIDE.exec(head)?.[1] : undefined;
	try {
		return new TextDecoder(said ?? inside ?? 'utf-8').decode(bytes);
	} catch (error) {
		throw new OutsideFailure('unreadable', error);
	}
}

/** @throws OutsideFailure 'unreadable' */
export function jsonOf(answer: Answer): unknown {
	try {
		return JSON.parse(textOf(answer)) as unknown;
	} catch (error) {
		throw error instanceof OutsideFailure ? error : new OutsideFailure('unreadable', error);
	}
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', middot: '·' },
		...{ ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”' },
		...{ times: '×', deg: '°', frac12: '½', reg: '®', copy: '©', trade: '™', eacute: 'é' }
	})
);

function decoded(whole: string, hex?: string, decimal?: string, name?: string): string {
	if (name !== undefined) return ENTITIES.get(name) ?? whole;
	const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
	const isLetter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
	return isLetter ? String.fromCodePoint(code) : '';
}

/** Each once: `&amp;lt;` is written `&lt;`, not `<`. */
export const withoutEntities = (text: string): string =>
	text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z][a-z\d]{1,8}));/gi, decoded);

/** So much is looked at of what may be megabytes. */
const MAX_LOOKED_AT = 2000;

/**
 * A title as words alone: no markup, no line ends, nothing that turns the direction of writing.
 * @param isMarkup whether `&amp;` stands for `&` in it
 */
export function plainLine(text: string, max: number, isMarkup = true): string {
	const looked = text.slice(0, MAX_LOOKED_AT);
	const words = isMarkup ? withoutEntities(looked.replaceAll(/<[^<>]*>/g, ' ')) : looked;
	const plain = words
		.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replaceAll(/[\p{Bidi_Control}\p{Cs}\p{Co}\uFFFD]/gu, '')
		.trim();
	const letters = [...plain];
	return letters.length <= max ? plain : `${letters.slice(0, max - 1).join('')}…`;
}
