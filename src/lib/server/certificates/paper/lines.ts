/** Lines of mixed scripts: no font has all letters, so each line is runs of one font each. */
import { Conflict } from '../../errors.ts';
import type { FontName } from './fonts.ts';

export type Run = { font: FontName; text: string };
/** Which letters a font has, and how wide a text is in it. */
export type Measure = {
	has(font: FontName, letter: string): boolean;
	width(font: FontName, text: string, size: number): number;
};

const ORDER: readonly FontName[] = ['han', 'latin', 'latin-ext'];

/**
 * Text cut into runs.
 * @throws Conflict when no font has one of its letters: a gap in a name is worse than no file
 */
export function runsOf(text: string, { has }: Pick<Measure, 'has'>): Run[] {
	const runs: Run[] = [];
	for (const letter of text) {
		const last = runs.at(-1);
		// A space goes with what stands before it, or every word would be a run of its own.
		const font =
			last && has(last.font, letter) ? last.font : ORDER.find((name) => has(name, letter));
		if (!font) throw new Conflict('letter_not_printable');
		if (last?.font === font) last.text += letter;
		else runs.push({ font, text: letter });
	}
	return runs;
}

export const widthOf = (text: string, size: number, measure: Measure): number =>
	runsOf(text, measure).reduce((sum, run) => sum + measure.width(run.font, run.text, size), 0);

/** Chinese breaks after each letter, other scripts between words; what is longer than a line, anywhere. */
export function linesOf(text: string, size: number, width: number, measure: Measure): string[] {
	const fits = (line: string): boolean => widthOf(line.trimEnd(), size, measure) <= width;
	const words = (text.match(/\p{Script=Han}|[^\p{Script=Han}\s]+\s*|\s+/gu) ?? []).flatMap(
		(word) => (fits(word) ? [word] : [...word])
	);
	const lines = [''];
	for (const word of words) {
		const line = (lines.at(-1) ?? '') + word;
		if (line === word || fits(line)) lines[lines.length - 1] = line;
		else lines.push(word.trimStart());
	}
	return lines.map((line) => line.trimEnd());
}
