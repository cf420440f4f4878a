/**
 * Whether a text in Chinese can be read by people whose first language is signed: sentences short,
 * characters common. A hint for its writer, never a verdict.
 */

/** Han characters of one sentence; longer ones are hard to hold in mind (IFLA easy-to-read, 2010). */
export const MAX_SENTENCE = 20;

/**
 * The 3,755 characters of level 1 of GB/T 2312-1980, the most used ones; they stand in rows 16 to 55
 * of the code, so the browser's own decoder knows the list.
 */
let common: ReadonlySet<string> | undefined;
function commonCharacters(): ReadonlySet<string> {
	if (common) return common;
	const decoder = new TextDecoder('gbk');
	const found = new Set<string>();
	for (let row = 0xb0; row <= 0xd7; row++) {
		const bytes = Uint8Array.from({ length: 94 * 2 }, (_, at) =>
			at % 2 === 0 ? row : 0xa1 + (at >> 1)
		);
		// The last row of level 1 ends five places early.
		for (const character of decoder.decode(bytes)) if (isHan(character)) found.add(character);
	}
	return (common = found);
}

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);

export type PlainLanguage = {
	/** Sentences of more than `MAX_SENTENCE` Han characters, as written. */
	longSentences: string[];
	/** Han characters beyond the common ones, each once. */
	rareCharacters: string[];
};

/** @param known words that are explained elsewhere (the course's glossary); they count as common */
export function checkPlainLanguage(text: string, known: readonly string[] = []): PlainLanguage {
	const explained = new Set(known.join(''));
	const sentences = text.split(/[。！？；!?;\n]+/u).map((sentence) => sentence.trim());
	const hanOf = (sentence: string) => [...sentence].filter(isHan);
	const rare = hanOf(text).filter((each) => !commonCharacters().has(each) && !explained.has(each));
	return {
		longSentences: sentences.filter((sentence) => hanOf(sentence).length > MAX_SENTENCE),
		rareCharacters: [...new Set(rare)]
	};
}
