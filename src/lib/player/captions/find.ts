/** Finding words in words: letters large or small, wide or narrow, broken over lines or not. */

/** A stretch of a text, counted in UTF-16 units. */
export type Stretch = { from: number; to: number };

/** Words as they are compared, with the way back: unit `i` comes from `at[i]` of the original. */
export type Folded = { text: string; at: number[] };

const CHINESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const WORD = /[\p{L}\p{N}\p{M}]/u;

/** Whether a character is part of a word that has borders; Chinese is written without any. */
export const isLetter = (character: string | undefined): boolean =>
	character !== undefined && WORD.test(character) && !CHINESE.test(character);

/** Small, narrow letters (NFKC); a line break within Chinese is none, and elsewhere a space. */
export function fold(words: string): Folded {
	const at: number[] = [];
	let text = '';
	let from = 0;
	for (const character of words) {
		const next = words.codePointAt(from + character.length) ?? 32;
		const isJoint =
			character === '\n' &&
			CHINESE.test(text.at(-1) ?? '') &&
			CHINESE.test(String.fromCodePoint(next));
		const folded = isJoint ? '' : character.normalize('NFKC').toLowerCase().replace(/\s/g, ' ');
		for (let i = 0; i < folded.length; i++) at.push(from);
		text += folded;
		from += character.length;
	}
	at.push(from);
	return { text, at };
}

/** Where a stretch of the folded text stands in the original; whole characters. */
export function unfold({ at }: Folded, from: number, to: number): Stretch {
	let end = to;
	// One character may have become several ("㎏" is "kg"): half of it is not to be had.
	while (end < at.length - 1 && at[end] === at[end - 1]) end++;
	return { from: at[from] ?? 0, to: at[end] ?? 0 };
}

/** Every place of `wanted`, from left to right, apart; none for nothing but spaces. */
export function findAll(words: Folded, wanted: string): Stretch[] {
	const needle = fold(wanted.trim()).text;
	const found: Stretch[] = [];
	if (needle === '') return found;
	for (
		let i = words.text.indexOf(needle);
		i >= 0;
		i = words.text.indexOf(needle, i + needle.length)
	)
		found.push(unfold(words, i, i + needle.length));
	return found;
}
