/** Words for captions and for what was found in a caption file. */
import type { CaptionNotice, CaptionProblem, CaptionRefusal } from '#lib/captions/problem.ts';
import type { CaptionLanguage, CaptionTier } from '#lib/domain/lessons.ts';
import * as m from '#lib/words/compiled/messages.js';

export const captionWord = (language: CaptionLanguage, tier: CaptionTier = 'full'): string =>
	tier === 'plain'
		? language === 'en'
			? m.captioning_plain_en()
			: m.captioning_plain_zh()
		: language === 'en'
			? m.teach_captions_en()
			: m.teach_captions_zh();

type Place = { line: number; found: string };
const notices: Record<CaptionNotice, (place: Place) => string> = {
	unordered: m.teach_notice_unordered,
	overlap: m.teach_notice_overlap,
	emptyCue: m.teach_notice_emptyCue,
	markupRemoved: m.teach_notice_markupRemoved,
	unknownTag: m.teach_notice_unknownTag,
	unknownSetting: m.teach_notice_unknownSetting,
	strayText: m.teach_notice_strayText,
	lateBlock: m.teach_notice_lateBlock
};

/** What was mended or left alone, and on which line; nothing for what refuses a file. */
export const noticeWord = ({ code, line, found = '' }: CaptionProblem): string =>
	code in notices ? notices[code as CaptionNotice]({ line, found }) : '';

const refusals: Record<CaptionRefusal, (place: { line: number }) => string> = {
	notCaptions: m.problem_captions_notCaptions,
	subStation: m.problem_captions_subStation,
	empty: m.problem_captions_empty,
	tooLarge: m.problem_captions_tooLarge,
	tooManyCues: m.problem_captions_tooManyCues,
	badTiming: m.problem_captions_badTiming,
	endBeforeStart: m.problem_captions_endBeforeStart,
	forbiddenMarkup: m.problem_captions_forbiddenMarkup,
	forbiddenStyle: m.problem_captions_forbiddenStyle
};

/** Why a caption file cannot be taken: its first fault, and how many others there are. */
export function refusalWord({
	problems: [first],
	problemCount
}: {
	problems: CaptionProblem[];
	problemCount: number;
}): string {
	if (!first || !(first.code in refusals)) return m.problem_captions_notCaptions();
	const word = refusals[first.code as CaptionRefusal]({ line: first.line });
	const others = problemCount - 1;
	return others > 0 ? `${word} ${m.problem_captions_others({ others })}` : word;
}
