/** A cue's words as a tree ready to be drawn: terms are linked, found words marked, times noted. */
import { parsePayload, wordsOf, type CueNode, type SpanNode } from '#lib/captions/payload.ts';
import type { Term } from '../model.ts';
import type { Stretch } from './find.ts';
import type { TermFinder, TermStretch } from './terms.ts';

export type TextPiece = {
	kind: 'text';
	text: string;
	/** These words belong to a later moment of the lesson (karaoke). */
	startsMs?: number;
	/** They are what was searched for: the how-manieth hit. */
	hit?: number;
};
export type TermPiece = { kind: 'term'; term: Term; children: Piece[] };
export type Piece = TextPiece | TermPiece | (Omit<SpanNode, 'children'> & { children: Piece[] });

/** A place that was searched for, and the how-manieth hit it is. */
export type Hit = Stretch & { hit: number };

/**
 * The words of a payload as pieces. A term is linked only where it is all there: one that begins
 * in one span and ends in another cannot become one button, and no shorter one is found in it.
 */
export function piecesOf(payload: string, find?: TermFinder, hits: readonly Hit[] = []): Piece[] {
	const nodes = parsePayload(payload);
	const terms = find?.(wordsOf(nodes)) ?? [];
	return noted(link(nodes, 0, terms), { at: 0 }, hits);
}

type Linked = CueNode | (Omit<SpanNode, 'children'> & { children: Linked[] }) | LinkedTerm;
type LinkedTerm = { kind: 'term'; term: Term; children: Linked[] };
type Placed = Stretch & { node: Linked };

function link(nodes: CueNode[], start: number, terms: TermStretch[]): Linked[] {
	const placed: Placed[] = [];
	const here = new Set(terms);
	let to = start;
	for (const node of nodes) {
		const from = to;
		to += wordsOf([node]).length;
		if (node.kind === 'text') placed.push(...cut(node.text, from, terms));
		// A ruby stays in one piece: its words would lose the readings above them.
		else if (node.kind === 'timestamp' || node.kind === 'ruby') placed.push({ node, from, to });
		else {
			const end = to;
			const inside = terms.filter((term) => term.from >= from && term.to <= end);
			for (const term of inside) here.delete(term);
			placed.push({ node: { ...node, children: link(node.children, from, inside) }, from, to });
		}
	}
	for (const term of here) wrap(placed, term);
	return placed.map(({ node }) => node);
}

/** Puts one term around the nodes that make it up, if they do so exactly. */
function wrap(placed: Placed[], { from, to, term }: TermStretch): void {
	const first = placed.findIndex((one) => one.from === from && one.to > from);
	const last = placed.findIndex((one) => one.to === to && one.from < to);
	if (first < 0 || last < first) return;
	const children = placed.slice(first, last + 1).map(({ node }) => node);
	placed.splice(first, last - first + 1, { node: { kind: 'term', term, children }, from, to });
}

/** A text at `from`, cut wherever a stretch begins or ends in it. */
function cut(text: string, from: number, stretches: readonly Stretch[]): Placed[] {
	const to = from + text.length;
	const edges = stretches.flatMap((one) => [one.from, one.to]);
	const cuts = [...new Set([from, ...edges.filter((at) => at > from && at < to), to])];
	cuts.sort((a, b) => a - b);
	return cuts.slice(1).map((end, i) => {
		const begin = cuts[i] ?? from;
		const node: CueNode = { kind: 'text', text: text.slice(begin - from, end - from) };
		return { node, from: begin, to: end };
	});
}

type Walk = { at: number; startsMs?: number };

/** Notes at each text when its moment is and whether it was searched for, in reading order. */
function noted(nodes: Linked[], walk: Walk, hits: readonly Hit[], isRead = true): Piece[] {
	const pieces: Piece[] = [];
	for (const node of nodes) {
		if (node.kind === 'timestamp') walk.startsMs = node.atMs;
		else if (node.kind === 'text') {
			for (const { node: part, from, to } of cut(node.text, walk.at, isRead ? hits : [])) {
				const piece: TextPiece = { kind: 'text', text: (part as TextPiece).text };
				const found = hits.find((one) => one.from <= from && to <= one.to);
				if (walk.startsMs !== undefined) piece.startsMs = walk.startsMs;
				if (isRead && found) piece.hit = found.hit;
				pieces.push(piece);
			}
			if (isRead) walk.at += node.text.length;
		} else {
			const isChildRead = isRead && node.kind !== 'rubyText';
			pieces.push({ ...node, children: noted(node.children, walk, hits, isChildRead) });
		}
	}
	return pieces;
}

/** The words to read in pieces, as `plainText` gives them for a payload. */
export const textOf = (pieces: readonly Piece[]): string =>
	pieces
		.map((piece) => {
			if (piece.kind === 'text') return piece.text;
			return piece.kind === 'rubyText' ? '' : textOf(piece.children);
		})
		.join('');
