import type { Cue } from './cue.ts';
import type { CaptionLanguage, CaptionLimits } from './limits.ts';
import { plainText } from './payload.ts';
import { isQuiet } from './quiet.ts';

export interface CueMeasure {
	isEmpty: boolean;
	/** Width of each line: full-width characters in Chinese, characters in English. */
	widths: readonly number[];
	/** What has to be read: characters in Chinese, words in English. */
	amount: number;
	/** Whether it tells of a sound, as `[烤箱提示音]` does. */
	tellsSound: boolean;
}

const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u2014\u2018-\u201d\u2026\u3000-\u303f\uff01-\uff60]/u;
const CHINESE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const READ = /[\p{L}\p{N}\p{S}]/u;
const SOUND = /\[[^\]]+\]|［[^］]+］|【[^】]+】|^\s*[(（][^)）]+[)）]\s*$|[♪♫]/mu;

/** Cues are never changed in place, so what was measured once holds. */
const known: Record<CaptionLanguage, WeakMap<Cue, CueMeasure>> = {
	'zh-CN': new WeakMap(),
	en: new WeakMap()
};

/** Measures the words of a cue; the same cue is measured once. */
export function measureCue(cue: Cue, language: CaptionLanguage): CueMeasure {
	const before = known[language].get(cue);
	if (before) return before;
	const words = plainText(cue.text);
	const lines = words.split('\n').filter((line) => line.trim() !== '');
	const measure: CueMeasure = {
		isEmpty: lines.length === 0,
		widths: lines.map((line) => widthOf(line.trim(), language)),
		amount: language === 'en' ? countWords(words) : countCharacters(words),
		tellsSound: (SOUND.test(words) && !isQuiet(cue)) || /<c[.\w-]*\.alert\b/.test(cue.text)
	};
	known[language].set(cue, measure);
	return measure;
}

/** How wide a line is: a full-width character 1 and others ½ in Chinese; each 1 in English. */
export function widthOf(line: string, language: CaptionLanguage): number {
	let width = 0;
	for (const character of line) width += language === 'en' || WIDE.test(character) ? 1 : 0.5;
	return width;
}

/** As `readingSpeed` counts: a CJK character 1, a letter or digit of another script ½. */
function countCharacters(words: string): number {
	let count = 0;
	for (const character of words) {
		if (CHINESE.test(character)) count += 1;
		else if (READ.test(character)) count += 0.5;
	}
	return count;
}

const countWords = (words: string): number =>
	words.split(/\s+/).filter((word) => READ.test(word)).length;

/** Rows on the screen once a player has wrapped what is too long. */
export const rowsOf = (measure: CueMeasure, limits: CaptionLimits): number =>
	measure.widths.reduce((rows, width) => rows + Math.ceil(width / limits.lineLength), 0);

/** Characters a second, or words a minute; Infinity for words without time. */
export function speedOf(cue: Cue, language: CaptionLanguage): number {
	const { amount } = measureCue(cue, language);
	if (amount === 0) return 0;
	const ms = cue.endMs - cue.startMs;
	if (ms <= 0) return Infinity;
	return (amount * (language === 'en' ? 60_000 : 1000)) / ms;
}

/** The shortest time in which a cue may be read at a speed, in whole milliseconds. */
export const timeFor = (cue: Cue, language: CaptionLanguage, speed: number): number =>
	Math.ceil((measureCue(cue, language).amount * (language === 'en' ? 60_000 : 1000)) / speed);
