/** Words of the trade with their signs, for all lessons of a course. */
import * as v from 'valibot';
import { id, line, lines, oneOf } from './fields.ts';

export const MAX_TERMS = 500;
export const MAX_TERM = 30;
const MAX_VARIANTS = 20;
export const MAX_EXPLANATION = 200;

/** A sign's film: half a minute as a phone films it, and one body of a request. */
export const MAX_CLIP_BYTES = 60 * 1024 * 1024;

/** As captions are compared with it: by letters, not by case. */
const sameWord = (text: string): string => text.normalize('NFKC').toLowerCase();

const variants = v.pipe(v.array(line(MAX_TERM)), v.maxLength(MAX_VARIANTS, 'too_many_entries'));

/** Whether a word, or another way of writing one, stands twice in these. */
export function hasTwice(terms: readonly { term: string; variants: readonly string[] }[]): boolean {
	const words = terms.flatMap(({ term, variants }) => [term, ...variants].map(sameWord));
	return new Set(words).size !== words.length;
}

export const GlossaryInput = v.pipe(
	v.array(
		v.object({
			/** Of a term there is already, which keeps it with its clip; a new one has none. */
			id: v.optional(id),
			term: line(MAX_TERM),
			/** Other ways it is written in captions, in whatever language. */
			variants: v.optional(variants, []),
			explanation: lines(MAX_EXPLANATION)
		})
	),
	v.maxLength(MAX_TERMS, 'too_many_entries'),
	v.check((terms) => !hasTwice(terms), 'term_twice')
);
export type TermInput = v.InferOutput<typeof GlossaryInput>[number];

/** One word as its form sends it; the variants apart by commas of either script, or on lines. */
export const TermForm = v.object({
	term: line(MAX_TERM),
	variants: v.pipe(
		v.optional(v.string('required'), ''),
		v.transform((text) => [...new Set(text.split(/[、，,;；\n\r]+/).map((one) => one.trim()))]),
		v.transform((all) => all.filter((one) => one !== '')),
		variants
	),
	explanation: lines(MAX_EXPLANATION)
});
export type TermFormInput = v.InferOutput<typeof TermForm>;

/** As the form shows them, and takes them back. */
export const variantsText = (all: readonly string[]): string => all.join('、');

/** A new word, with the id it will have: a second press makes no second one. */
export const NewTermForm = v.object({ id, ...TermForm.entries });
export const MoveTermForm = v.object({ id, direction: oneOf(['up', 'down']) });

/** A chosen file; a browser sends a nameless, empty one where none was chosen. */
export const ClipForm = v.object({
	film: v.pipe(
		v.file('file_missing'),
		v.check(({ name, size }) => name !== '' || size > 0, 'file_missing'),
		v.minSize(1, 'file_empty'),
		v.maxSize(MAX_CLIP_BYTES, 'clip_too_large')
	)
});

/** Answers whether a word stands in one of the texts, whatever its case and width. */
export function wordsIn(texts: readonly string[]): (word: string) => boolean {
	const all = sameWord(texts.join('\n'));
	return (word) => all.includes(sameWord(word));
}
