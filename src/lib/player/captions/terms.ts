/** Which words of a text the course knows the sign of. */
import type { Term } from '../model.ts';
import { fold, isLetter, unfold, type Stretch } from './find.ts';

export type TermStretch = Stretch & { term: Term };
export type TermFinder = (words: string) => TermStretch[];

/**
 * Looks for terms and their variants: at each place the longest, from left to right, apart. Latin
 * ones only as whole words; Chinese ones anywhere.
 */
export function termFinder(terms: readonly Term[]): TermFinder {
	const byFirst = new Map<string, { name: string; term: Term }[]>();
	for (const term of terms)
		for (const written of [term.term, ...(term.variants ?? [])]) {
			const name = fold(written.trim()).text;
			const first = name[0];
			if (first) byFirst.set(first, [...(byFirst.get(first) ?? []), { name, term }]);
		}
	for (const names of byFirst.values()) names.sort((a, b) => b.name.length - a.name.length);

	return (words) => {
		const folded = fold(words);
		const found: TermStretch[] = [];
		for (let i = 0; i < folded.text.length; i++) {
			const hit = byFirst
				.get(folded.text[i] ?? '')
				?.find(({ name }) => folded.text.startsWith(name, i) && isWhole(folded.text, i, name));
			if (!hit) continue;
			found.push({ ...unfold(folded, i, i + hit.name.length), term: hit.term });
			i += hit.name.length - 1;
		}
		return found;
	};
}

/** "oven" is a word in "oven door" and in "开oven门", but not in "woven". */
function isWhole(text: string, at: number, name: string): boolean {
	const end = at + name.length;
	return (
		!(isLetter(name[0]) && isLetter(text[at - 1])) &&
		!(isLetter(name.at(-1)) && isLetter(text[end]))
	);
}
