/** Words for what differs between two versions of a lesson. */
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import type { Difference } from '#lib/domain/versions.ts';
import * as m from '#lib/words/compiled/messages.js';

const plain: Record<Exclude<Difference['what'], 'captions'>, () => string> = {
	title: m.builder_difference_title,
	summary: m.builder_difference_summary,
	mode: m.builder_difference_mode,
	demonstration: m.builder_difference_demonstration,
	sign: m.builder_difference_sign,
	placement: m.builder_difference_placement,
	steps: m.builder_difference_steps,
	turns: m.builder_difference_turns,
	areas: m.builder_difference_areas,
	practice: m.task_difference,
	completion: m.completion_difference,
	attachments: m.attached_difference
};
const captions = {
	added: m.builder_difference_captions_added,
	removed: m.builder_difference_captions_removed,
	changed: m.builder_difference_captions_changed
};
const languageWord = (language: CaptionLanguage): string =>
	language === 'en' ? m.teach_captions_en() : m.teach_captions_zh();

export function differenceWord(difference: Difference): string {
	if (difference.what !== 'captions') return plain[difference.what]();
	const language = languageWord(difference.language);
	const which = difference.tier === 'plain' ? m.builder_difference_plain({ language }) : language;
	return captions[difference.change]({ which });
}
