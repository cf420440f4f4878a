/**
 * Which piece of a raw payload shows which character, so that words can be changed and everything
 * around them (tags, references, readings) stays as it was written.
 */
import { resolveReferences } from './references.ts';

export interface VisibleCharacter {
	/** What is shown: mostly one character. */
	shown: string;
	/** Where it stands in the payload, exclusive `to`. */
	from: number;
	to: number;
	/** Inside `<ruby>`, where a cut would part a word from its reading. */
	isInRuby: boolean;
}

interface OpenTag {
	name: string;
	raw: string;
}

const REFERENCE = /&(?:#\d+;?|#[xX][\da-fA-F]+;?|[A-Za-z][A-Za-z\d]*;?)/y;

/** The characters `plainText` gives, with where each stands in the payload. */
export function visibleOf(payload: string): VisibleCharacter[] {
	const visible: VisibleCharacter[] = [];
	const open: OpenTag[] = [];
	let isInRuby = false;
	let isReading = false;
	for (let at = 0; at < payload.length;) {
		if (payload[at] === '<') {
			const end = endOfTag(payload, at);
			follow(open, payload.slice(at + 1, payload[end - 1] === '>' ? end - 1 : end));
			isInRuby = open.some(({ name }) => name === 'ruby');
			isReading = open.some(({ name }) => name === 'rt');
			at = end;
			continue;
		}
		const length = lengthOfCharacter(payload, at);
		if (!isReading) {
			const shown = resolveReferences(payload.slice(at, at + length));
			visible.push({ shown, from: at, to: at + length, isInRuby });
		}
		at += length;
	}
	return visible;
}

/** Index after a tag that begins here. */
function endOfTag(payload: string, at: number): number {
	const close = payload.indexOf('>', at);
	return close < 0 ? payload.length : close + 1;
}

function lengthOfCharacter(payload: string, at: number): number {
	if (payload[at] !== '&') return (payload.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
	REFERENCE.lastIndex = at;
	const name = REFERENCE.exec(payload)?.[0] ?? '&';
	if (resolveReferences(name) === name) return 1;
	if (name.startsWith('&#') || name.endsWith(';')) {
		return [...resolveReferences(name)].length === 1 ? name.length : shortest(name);
	}
	return shortest(name);
}

/** Of a name without its semicolon, as `&amp` in `&ampx`, only the part that is read. */
function shortest(name: string): number {
	for (let length = 2; length < name.length; length++) {
		if (resolveReferences(name.slice(0, length)) !== name.slice(0, length)) return length;
	}
	return name.length;
}

/** Follows WebVTT §6.4 on which tags are open. */
function follow(open: OpenTag[], raw: string): void {
	const current = open.at(-1)?.name;
	if (raw.startsWith('/')) {
		const name = raw.slice(1);
		if (name === current) open.pop();
		else if (name === 'ruby' && current === 'rt') open.splice(-2);
		return;
	}
	const name = /^[^\s.]*/.exec(raw)?.[0] ?? '';
	if (!['c', 'i', 'b', 'u', 'ruby', 'rt', 'v', 'lang'].includes(name)) return;
	if (name === 'rt' && current !== 'ruby') return;
	open.push({ name, raw });
}

/**
 * Parts a payload before the visible character at `at` (an index into `visibleOf`); tags that are
 * open there are closed in the first part and opened again in the second.
 */
export function cutPayload(payload: string, at: number): [string, string] {
	const place = visibleOf(payload)[at]?.from ?? payload.length;
	const open: OpenTag[] = [];
	for (let k = payload.indexOf('<'); k >= 0 && k < place;) {
		const end = endOfTag(payload, k);
		follow(open, payload.slice(k + 1, payload[end - 1] === '>' ? end - 1 : end));
		k = payload.indexOf('<', end);
	}
	const closing = open.map(({ name }) => `</${name}>`).reverse();
	const opening = open.map(({ raw }) => `<${raw}>`);
	return [
		payload.slice(0, place).trimEnd() + closing.join(''),
		opening.join('') + payload.slice(place).trimStart()
	];
}

/** Words as a payload that shows just them. */
export const escapeWords = (words: string): string =>
	words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Puts words in place of the visible characters `from` to `to` (exclusive); tags stay. */
export function replaceVisible(payload: string, from: number, to: number, words: string): string {
	const visible = visibleOf(payload);
	const gone = visible.slice(from, to);
	const place = visible[from]?.from ?? visible.at(-1)?.to ?? payload.length;
	const kept: string[] = [payload.slice(0, place), escapeWords(words)];
	let at = place;
	for (const { from: start, to: end } of gone) {
		kept.push(payload.slice(at, start));
		at = end;
	}
	kept.push(payload.slice(at));
	return kept.join('');
}

/** The payload showing `words`, changed only where they differ from what it shows now. */
export function withWords(payload: string, words: string): string {
	const before = visibleOf(payload);
	const after = [...words];
	const least = Math.min(before.length, after.length);
	let start = 0;
	while (start < least && before[start]?.shown === after[start]) start++;
	let end = 0;
	while (end < least - start && before.at(-1 - end)?.shown === after.at(-1 - end)) end++;
	if (start === before.length && start === after.length) return payload;
	const middle = after.slice(start, after.length - end).join('');
	return replaceVisible(payload, start, before.length - end, middle);
}
