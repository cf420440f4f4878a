/** What would make a lesson easier to follow; the publish gate shows it and blocks nothing by it. */
import type { CaptionLanguage } from './lessons.ts';
import { checkPlainLanguage } from './plain-language.ts';

export type Advice = {
	code:
		| 'captionFindings'
		| 'quietStretches'
		| 'soundsUntold'
		| 'noChinese'
		| 'secondLanguage'
		| 'stepNotes'
		| 'longSentences'
		| 'rareCharacters';
	count: number;
	/** At most `MAX_EXAMPLES` of what is meant, as written. */
	examples: string[];
};

const MAX_EXAMPLES = 5;

export type AdviceFacts = {
	/** Findings in captions that are not musts. */
	captionFindings: number;
	/** Stretches without a caption that are long, but not so long that it must be one. */
	quietStretches: number;
	/** Stretches of a film with sound in which no sound is told of. */
	soundsUntold: number;
	languages: readonly CaptionLanguage[];
	stepsWithoutNote: number;
	/** Words of the trade whose sign a trainee is shown. */
	wordsWithSigns: readonly string[];
	/** All that is written in Chinese: captions, steps, summary. */
	chinese: readonly string[];
};

export function adviceFor(facts: AdviceFacts): Advice[] {
	const { longSentences, rareCharacters } = checkPlainLanguage(
		facts.chinese.join('\n'),
		facts.wordsWithSigns
	);
	const has = (language: CaptionLanguage) => facts.languages.includes(language);
	const hasAny = facts.languages.length > 0;
	return [
		entry('captionFindings', facts.captionFindings),
		entry('quietStretches', facts.quietStretches),
		entry('soundsUntold', facts.soundsUntold),
		entry('noChinese', hasAny && !has('zh-CN') ? 1 : 0),
		entry('secondLanguage', hasAny && !has('en') ? 1 : 0),
		entry('stepNotes', facts.stepsWithoutNote),
		entry('longSentences', longSentences.length, longSentences),
		entry('rareCharacters', rareCharacters.length, rareCharacters)
	].filter(({ count }) => count > 0);
}

const entry = (code: Advice['code'], count: number, examples: readonly string[] = []): Advice => ({
	code,
	count,
	examples: examples.slice(0, MAX_EXAMPLES)
});
