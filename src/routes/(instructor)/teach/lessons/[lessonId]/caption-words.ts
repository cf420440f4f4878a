/** Words for captions and for what was found in a caption file. */
import type { CaptionNotice, CaptionProblem } from '#lib/captions/problem.ts';
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import * as m from '#lib/words/compiled/messages.js';

export const captionWord = (language: CaptionLanguage): string =>
	language === 'en' ? m.teach_captions_en() : m.teach_captions_zh();

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
