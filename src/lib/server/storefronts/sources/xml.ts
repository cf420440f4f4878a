/**
 * XML from strangers, a piece at a time. No document type is read and no entity that one declares: only
 * the five that XML itself knows, and numbers, each once, when a text is taken. (0030)
 */
import { XMLParser } from 'fast-xml-parser';
import { OutsideFailure } from '../outside/failure.ts';
import { withoutEntities } from '../outside/text.ts';

/** What the parser makes of an element: text, or its children and attributes by name. */
export type Tag = string | { readonly [name: string]: unknown };

/** Longer than the description of anything; what is longer would keep everybody else waiting. */
export const MAX_PIECE = 50_000;
const ATTRIBUTE = '@';
const TEXT = '#text';
/** A feed has five levels. */
const MAX_DEPTH = 20;

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: ATTRIBUTE,
	textNodeName: TEXT,
	// Prices and ids are texts: 007 is no 7.
	parseTagValue: false,
	parseAttributeValue: false,
	processEntities: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	maxNestedTags: MAX_DEPTH
});

/**
 * Where the first element begins, after white space, instructions and comments.
 * @throws OutsideFailure 'unreadable' where something else does: what is no XML, and what brings a
 *   document type. Nobody needs one in a feed, and what is declared in it is what entity bombs are made of
 */
export function rootAt(text: string): number {
	for (let at = 0; ;) {
		at += /^\s*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0;
		const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
		const isRoot = end === undefined && /^<[\w:]/.test(text.slice(at, at + 2));
		if (isRoot) return at;
		const ends = end === undefined ? -1 : text.indexOf(end, at);
		if (end === undefined || ends < 0) throw new OutsideFailure('unreadable');
		at = ends + end.length;
	}
}

/**
 * One element with all that is in it.
 * @throws OutsideFailure 'unreadable' for what is not well formed, or longer than anything
 */
export function elementOf(text: string): Tag {
	if (text.length > MAX_PIECE) throw new OutsideFailure('unreadable');
	const [root] = Object.values(parsed(text));
	if (!isTag(root)) throw new OutsideFailure('unreadable');
	return root;
}

function parsed(text: string): Record<string, unknown> {
	try {
		// The second argument: it has to be well formed, or is not guessed at.
		return parser.parse(text, true) as Record<string, unknown>;
	} catch (error) {
		throw new OutsideFailure('unreadable', error);
	}
}

const isTag = (found: unknown): found is Tag =>
	typeof found === 'string' || (typeof found === 'object' && found !== null);

const named = (tag: Tag, name: string): unknown =>
	typeof tag === 'object' && Object.hasOwn(tag, name) ? tag[name] : undefined;

export function childrenOf(tag: Tag, name: string): Tag[] {
	const found = named(tag, name);
	return (Array.isArray(found) ? found : [found]).filter(isTag);
}
export const childOf = (tag: Tag, name: string): Tag | undefined => childrenOf(tag, name)[0];

export function attributeOf(tag: Tag, name: string): string | undefined {
	const found = named(tag, `${ATTRIBUTE}${name}`);
	return typeof found === 'string' ? withoutEntities(found) : undefined;
}

/** What stands in an element, as plain text; '' for nothing. */
export function wordsOf(tag: Tag | undefined): string {
	const found = typeof tag === 'object' ? named(tag, TEXT) : tag;
	return typeof found === 'string' ? withoutEntities(found).trim() : '';
}

/** The prefix that stands for a name space, with its colon; undefined where the root names none. */
export function prefixFor(root: Tag, space: string): string | undefined {
	if (typeof root === 'string') return undefined;
	const start = `${ATTRIBUTE}xmlns:`;
	const found = Object.entries(root).find(
		([name, value]) => name.startsWith(start) && value === space
	);
	return found && `${found[0].slice(start.length)}:`;
}
