import type { CueSettings } from './cue.ts';
import { findForbiddenMarkup } from './markup.ts';
import { parsePayload, type CueNode, type SpanNode } from './payload.ts';
import { resolveReferences } from './references.ts';

/** SRT has no standard; these are the tags its players agree on. */
const KEPT = new Map([
	['i', 'i'],
	['em', 'i'],
	['b', 'b'],
	['strong', 'b'],
	['u', 'u']
]);
const REMOVED = new Set(
	'p span div s strike del ins small big sub sup center tt code pre q cite mark c v lang ruby rt'.split(
		' '
	)
);
/** The eight colours WebVTT §5.1 has classes for. HTML's `green` is darker than WebVTT's `lime`. */
const COLOURS = new Map([
	['#ffffff', 'white'],
	['#00ff00', 'lime'],
	['#00ffff', 'cyan'],
	['#ff0000', 'red'],
	['#ffff00', 'yellow'],
	['#ff00ff', 'magenta'],
	['#0000ff', 'blue'],
	['#000000', 'black']
]);
const COLOUR_NAMES = new Map([...COLOURS].map(([code, name]) => [name, code]));

const TAG = /<([^<>]+)>/g;
const OVERRIDE = /\{\\([^{}]*)\}/g;

export interface ConvertedText {
	/** A WebVTT payload. */
	payload: string;
	settings: CueSettings;
	/** The first formatting that could not be kept. */
	removed?: string;
	/** Offset of markup that must refuse the file. */
	forbiddenAt?: number;
}

/**
 * Turns the text of an SRT cue into a WebVTT payload: `<i> <b> <u>` stay, `<font color>` becomes a
 * colour class, `{\an8}` a position, other formatting goes and its words stay. All else that
 * WebVTT would read as markup is written as character references, so no word is swallowed.
 */
export function payloadFromSrt(text: string): ConvertedText {
	const forbiddenAt = findForbiddenMarkup(text);
	if (forbiddenAt !== undefined) return { payload: '', settings: {}, forbiddenAt };
	let settings: CueSettings = {};
	let removed: string | undefined;
	const words = text.replace(OVERRIDE, (whole, override: string) => {
		const place = /^an([1-9])$/.exec(override);
		if (place) settings = settingsOfPlace(Number(place[1]));
		else removed ??= whole;
		return '';
	});
	const fonts: string[] = [];
	let payload = '';
	let at = 0;
	for (const tag of words.matchAll(TAG)) {
		const written = convertTag(tag[1] ?? '', fonts);
		if (written === undefined) continue;
		payload += escapeText(words.slice(at, tag.index)) + written;
		at = tag.index + tag[0].length;
		if (written === '') removed ??= tag[0];
	}
	payload += escapeText(words.slice(at));
	const lines = payload.split('\n').filter((line) => line !== '');
	// Last of all: taking a tag away can join an arrow.
	return { payload: lines.join('\n').replaceAll('-->', '--&gt;'), settings, removed };
}

/** @returns WebVTT for a tag, empty if it has to go, undefined if it is no tag but words */
function convertTag(raw: string, fonts: string[]): string | undefined {
	const match = /^(\/?)([a-z]+)(?=[\s/.]|$)/i.exec(raw);
	if (!match) return undefined;
	const isEnd = match[1] === '/';
	const name = (match[2] ?? '').toLowerCase();
	const kept = KEPT.get(name);
	if (kept) return `<${isEnd ? '/' : ''}${kept}>`;
	if (name === 'br') return '\n';
	if (name !== 'font') return REMOVED.has(name) ? '' : undefined;
	if (isEnd) return fonts.pop() ?? '';
	const written = /\scolor\s*=\s*["']?(#?[0-9a-z]+)/i.exec(raw)?.[1]?.toLowerCase() ?? '';
	const colour = COLOURS.get(written) ?? (COLOUR_NAMES.has(written) ? written : undefined);
	fonts.push(colour ? '</c>' : '');
	return colour ? `<c.${colour}>` : '';
}

/**
 * Keeps the character references people put into SRT files (players resolve them) and writes every
 * other `&`, `<` and arrow so that WebVTT reads the same words.
 */
const escapeText = (text: string): string =>
	text
		.replace(/&(?!#?[0-9a-z]{1,32};)/gi, '&amp;')
		.replace(/&(?!amp;)#?[0-9a-z]{1,32};/gi, (reference) =>
			resolveReferences(reference) === reference ? `&amp;${reference.slice(1)}` : reference
		)
		.replaceAll('<', '&lt;');

/** `{\an1}` to `{\an9}` are the keys of a number pad; 2, bottom centre, is the default. */
function settingsOfPlace(key: number): CueSettings {
	const settings: CueSettings = {};
	if (key >= 7) settings.line = 0;
	else if (key >= 4) Object.assign(settings, { line: 50, snapToLines: false, lineAlign: 'center' });
	if (key % 3 === 1) settings.align = 'left';
	if (key % 3 === 0) settings.align = 'right';
	return settings;
}

/** `{\anN}` for settings `payloadFromSrt` may have made; empty for the default and all others. */
export function placeFromSettings(settings: CueSettings): string {
	const { line, snapToLines, align } = settings;
	const isMiddle = line === 50 && snapToLines === false;
	const row = line === 0 ? 6 : isMiddle ? 3 : 0;
	const column =
		align === 'left' || align === 'start' ? 1 : align === 'right' || align === 'end' ? 3 : 2;
	return row + column === 2 ? '' : `{\\an${row + column}}`;
}

/** Turns a WebVTT payload into SRT text; voices, languages, ruby text and times are left out. */
export function srtFromPayload(payload: string): string {
	let srt = '';
	// Words are gathered up to the next tag that is written: `&lt;<v 王>i>` must not become `<i>`.
	let words = '';
	for (const piece of srtPieces(parsePayload(payload))) {
		if (!piece.isTag) words += piece.text;
		else {
			srt += protectWords(words) + piece.text;
			words = '';
		}
	}
	return (srt + protectWords(words)).replaceAll('-->', '--&gt;');
}

interface SrtPiece {
	text: string;
	isTag: boolean;
}

function srtPieces(nodes: CueNode[], pieces: SrtPiece[] = []): SrtPiece[] {
	for (const node of nodes) {
		if (node.kind === 'text') pieces.push({ text: node.text, isTag: false });
		if (!('children' in node) || node.kind === 'rubyText') continue;
		const tags = srtTags(node);
		if (tags) pieces.push({ text: tags[0], isTag: true });
		srtPieces(node.children, pieces);
		if (tags) pieces.push({ text: tags[1], isTag: true });
	}
	return pieces;
}

function srtTags(span: SpanNode): [open: string, close: string] | undefined {
	if (span.kind === 'italic') return ['<i>', '</i>'];
	if (span.kind === 'bold') return ['<b>', '</b>'];
	if (span.kind === 'underline') return ['<u>', '</u>'];
	const colour = span.classes.map((name) => COLOUR_NAMES.get(name)).find((code) => code);
	return colour ? [`<font color="${colour}">`, '</font>'] : undefined;
}

/** SRT cannot say "this is no tag" but by character references, which `payloadFromSrt` keeps. */
const protectWords = (text: string): string =>
	text
		.replace(/&(?=#?[0-9a-z]{1,32};)/gi, '&amp;')
		.replace(/<(?=[a-z/!?])/gi, '&lt;')
		.replaceAll('{\\', '&#123;\\');
