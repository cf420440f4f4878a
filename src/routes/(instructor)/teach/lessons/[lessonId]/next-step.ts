/** What is to be done next for a lesson, as one link that leads to where it is done. */
import type { PublishNeed } from '#lib/domain/gate.ts';
import type { TeachingMode } from '#lib/domain/lessons.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { needWords } from '../../../../gate-words.ts';

/** The steps of the thread, as they are called on the lesson's page. */
type Step = 'video' | 'captions' | 'steps' | 'consent' | 'review' | 'publish';
export type Next =
	{ step: Step; word: string; href: string; icon: IconName } | { waitsFor: 'video' | 'review' };

type Lesson = { id: string; teachingMode: TeachingMode };

/**
 * @param needs what is missing before it may be published, in the order in which one does it
 * @param here what is being done already, so that what comes after it is told
 * @returns undefined when all is done and published
 */
export function nextStep(
	lesson: Lesson,
	needs: readonly PublishNeed[],
	isPublished: boolean,
	here?: Step
): Next | undefined {
	const page = `/teach/lessons/${lesson.id}`;
	const others = here ? needs.filter((need) => !need.startsWith(here)) : needs;
	// Without its video a lesson can neither be signed over nor captioned nor marked.
	const isSeen = !needs.some((need) => need.startsWith('demonstration_'));
	const possible: Partial<Record<PublishNeed, Omit<Extract<Next, { step: Step }>, 'word'>>> = {
		demonstration_missing: { step: 'video', href: `${page}#video-demonstration`, icon: 'upload' },
		...(isSeen && {
			sign_missing: { step: 'video', href: `${page}/record`, icon: 'camera' },
			sign_frame_rate: { step: 'video', href: `${page}#video`, icon: 'film' },
			sign_incomplete: { step: 'video', href: `${page}#video-sign`, icon: 'film' },
			captions_missing: {
				...{ step: 'captions', href: `${page}/captions/${getLocale()}`, icon: 'captions' }
			},
			captions_faulty: { step: 'captions', href: `${page}#captions`, icon: 'captions' },
			captions_empty_stretches: { step: 'captions', href: `${page}#captions`, icon: 'captions' },
			steps_missing: { step: 'steps', href: `${page}/steps`, icon: 'step' }
		}),
		consent_missing: { step: 'consent', href: `${page}#consent`, icon: 'person' },
		consent_withdrawn: { step: 'consent', href: `${page}#video`, icon: 'person' },
		consent_outdated: { step: 'consent', href: `${page}#consent`, icon: 'person' },
		consent_of_signer: { step: 'consent', href: `${page}#consent`, icon: 'person' },
		// Everything else comes first.
		...(others.length === 1 && {
			review_missing: { step: 'review', href: `${page}#review`, icon: 'eye' },
			review_changes: { step: 'review', href: `${page}#review`, icon: 'eye' },
			review_outdated: { step: 'review', href: `${page}#review`, icon: 'eye' }
		})
	};
	for (const need of others) {
		const found = possible[need];
		if (found) return { ...found, word: m.teach_next({ what: wordOf(lesson, need) }) };
	}
	if (others.includes('review_awaited')) return { waitsFor: 'review' };
	if (others.length > 0) return { waitsFor: 'video' };
	const what = m.teach_publish_publish();
	return isPublished
		? undefined
		: {
				...{ step: 'publish', icon: 'check', href: `${page}#publish` },
				word: m.teach_next({ what })
			};
}

const SHORT: Partial<Record<PublishNeed, () => string>> = {
	sign_missing: m.teach_next_sign,
	captions_missing: m.captioning_write,
	consent_missing: m.gate_consent_step,
	review_missing: m.gate_review_ask
};
const wordOf = ({ teachingMode }: Lesson, need: PublishNeed): string =>
	SHORT[need]?.() ?? needWords(teachingMode, need).word;
