import { resolveReferences } from './references.ts';
import { parseTimestamp } from './timing.ts';

/** A piece of a cue as plain data: `text` and `voice` are words to show, never HTML. */
export type CueNode = TextNode | TimestampNode | SpanNode;

export interface TextNode {
	kind: 'text';
	text: string;
}

/** From here on the words belong to a later moment (as in karaoke). */
export interface TimestampNode {
	kind: 'timestamp';
	/** From the start of the video. */
	atMs: number;
}

export interface SpanNode {
	kind: SpanKind;
	classes: string[];
	/** BCP 47 tag as written, perhaps not well formed; absent outside `<lang>`. */
	language?: string;
	/** Who speaks or signs; only in a `voice`. */
	voice?: string;
	children: CueNode[];
}

export type SpanKind =
	'class' | 'italic' | 'bold' | 'underline' | 'ruby' | 'rubyText' | 'voice' | 'language';

const KINDS = new Map<string, SpanKind>([
	['c', 'class'],
	['i', 'italic'],
	['b', 'bold'],
	['u', 'underline'],
	['ruby', 'ruby'],
	['rt', 'rubyText'],
	['v', 'voice'],
	['lang', 'language']
]);

/** The standard sets no limit; without one a hostile cue would overflow whoever walks the tree. */
export const MAX_SPAN_DEPTH = 64;

export type CueToken =
	| { type: 'text'; text: string }
	| { type: 'start'; name: string; classes: string[]; annotation?: string; raw: string }
	| { type: 'end'; name: string; raw: string }
	| { type: 'timestamp'; value: string; raw: string };

/**
 * Takes a payload apart (WebVTT §6.4 "WebVTT cue text tokenizer"). A tag ends at the first `>` or
 * at the end of the cue: no character reference can hide one, because none contains it.
 *
 * @returns tokens; `raw` is what stands between the brackets
 */
export function* tokenize(payload: string): Generator<CueToken> {
	let at = 0;
	while (at < payload.length) {
		const open = payload.indexOf('<', at);
		if (open !== at) {
			const end = open < 0 ? payload.length : open;
			yield { type: 'text', text: resolveReferences(payload.slice(at, end)) };
			at = end;
			continue;
		}
		const close = payload.indexOf('>', open);
		yield readTag(payload.slice(open + 1, close < 0 ? payload.length : close));
		at = close < 0 ? payload.length : close + 1;
	}
}

function readTag(raw: string): CueToken {
	if (raw.startsWith('/')) return { type: 'end', name: raw.slice(1), raw };
	if (/^\d/.test(raw)) return { type: 'timestamp', value: raw, raw };
	const space = raw.search(/[\t\n\f ]/);
	const [name = '', ...classes] = (space < 0 ? raw : raw.slice(0, space)).split('.');
	const token: CueToken = { type: 'start', name, classes: classes.filter((c) => c !== ''), raw };
	if (space >= 0) {
		const words = resolveReferences(raw.slice(space)).split(/[\t\n\f\r ]+/);
		token.annotation = words.filter((word) => word !== '').join(' ');
	}
	return token;
}

/** Whether a token does something; if not, players swallow it with all it contains. */
export function isKnown(token: CueToken): boolean {
	if (token.type === 'text') return true;
	if (token.type === 'timestamp') return parseTimestamp(token.value) !== undefined;
	return KINDS.has(token.name);
}

/**
 * Builds the tree of a cue (WebVTT §6.4 "WebVTT cue text parsing rules"). Tags that are unknown,
 * misplaced or nested deeper than `MAX_SPAN_DEPTH` are passed over; their words stay.
 */
export function parsePayload(payload: string): CueNode[] {
	const root: CueNode[] = [];
	const open: SpanNode[] = [];
	const languages: string[] = [];
	for (const token of tokenize(payload)) {
		const current = open.at(-1);
		const children = current?.children ?? root;
		if (token.type === 'text') children.push({ kind: 'text', text: token.text });
		else if (token.type === 'timestamp') {
			const atMs = parseTimestamp(token.value);
			if (atMs !== undefined) children.push({ kind: 'timestamp', atMs });
		} else if (token.type === 'end') closeSpan(token.name, open, languages);
		else {
			const kind = KINDS.get(token.name);
			if (!kind || open.length >= MAX_SPAN_DEPTH) continue;
			if (kind === 'rubyText' && current?.kind !== 'ruby') continue;
			if (kind === 'language') languages.push(token.annotation ?? '');
			const span: SpanNode = { kind, classes: token.classes, children: [] };
			const language = languages.at(-1);
			if (language !== undefined) span.language = language;
			if (kind === 'voice') span.voice = token.annotation ?? '';
			children.push(span);
			open.push(span);
		}
	}
	return root;
}

function closeSpan(name: string, open: SpanNode[], languages: string[]): void {
	const current = open.at(-1);
	if (!current) return;
	if (KINDS.get(name) === current.kind) {
		open.pop();
		if (current.kind === 'language') languages.pop();
	} else if (name === 'ruby' && current.kind === 'rubyText') {
		open.splice(-2);
	}
}

/**
 * The words of a cue, for search, transcripts and counting: no tags, no ruby text (its reading
 * aid would double the words; WebVTT §6.6 leaves it out too), lines parted by `\n`.
 */
export const plainText = (payload: string): string => wordsOf(parsePayload(payload));

/** The same of nodes that are already taken apart. */
export const wordsOf = (nodes: CueNode[]): string => nodes.map(wordsOfNode).join('');

function wordsOfNode(node: CueNode): string {
	if (node.kind === 'text') return node.text;
	if (node.kind === 'timestamp' || node.kind === 'rubyText') return '';
	return wordsOf(node.children);
}
