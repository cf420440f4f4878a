/** Words of the trade with their signs, for all lessons of a course. */
import * as v from 'valibot';
import { id, line, lines } from './fields.ts';

const MAX_TERMS = 500;
const MAX_TERM = 30;
const MAX_VARIANTS = 20;
const MAX_EXPLANATION = 200;

/** As captions are compared with it: by letters, not by case. */
const sameWord = (text: string): string => text.normalize('NFKC').toLowerCase();

export const GlossaryInput = v.pipe(
	v.array(
		v.object({
			/** Of a term there is already, which keeps it with its clip; a new one has none. */
			id: v.optional(id),
			term: line(MAX_TERM),
			/** Other ways it is written in captions, in whatever language. */
			variants: v.optional(
				v.pipe(v.array(line(MAX_TERM)), v.maxLength(MAX_VARIANTS, 'too_many_entries')),
				[]
			),
			explanation: lines(MAX_EXPLANATION)
		})
	),
	v.maxLength(MAX_TERMS, 'too_many_entries'),
	v.check((terms) => {
		const words = terms.flatMap(({ term, variants }) => [term, ...variants].map(sameWord));
		return new Set(words).size === words.length;
	}, 'term_twice')
);
export type TermInput = v.InferOutput<typeof GlossaryInput>[number];

/** Answers whether a word stands in one of the texts, whatever its case and width. */
export function wordsIn(texts: readonly string[]): (word: string) => boolean {
	const all = sameWord(texts.join('\n'));
	return (word) => all.includes(sameWord(word));
}
