/** Words for what stands between a lesson and a trainee, and where on the page each is mended. */
import type { Advice } from '#lib/domain/advice.ts';
import type { ExceptionTopic, PublishNeed } from '#lib/domain/gate.ts';
import type { TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import * as m from '#lib/words/compiled/messages.js';
import { trackWords } from './(instructor)/teach/words-of.ts';

type TrackNeed = `${TrackKind}_${'missing' | 'not_ready'}`;

const NEEDS: Record<Exclude<PublishNeed, TrackNeed>, { word: () => string; href: string }> = {
	sign_frame_rate: { word: m.gate_need_sign_frame_rate, href: '#video' },
	sign_incomplete: { word: m.gate_need_sign_incomplete, href: '#video-sign' },
	captions_missing: { word: m.teach_need_captions_missing, href: '#captions' },
	captions_faulty: { word: m.gate_need_captions_faulty, href: '#captions' },
	captions_empty_stretches: { word: m.gate_need_captions_empty_stretches, href: '#captions' },
	steps_missing: { word: m.gate_need_steps_missing, href: '#steps' },
	steps_without_pictures: { word: m.gate_need_steps_without_pictures, href: '#steps' },
	consent_missing: { word: m.gate_need_consent_missing, href: '#consent' },
	consent_withdrawn: { word: m.gate_need_consent_withdrawn, href: '#video' },
	consent_outdated: { word: m.gate_need_consent_outdated, href: '#consent' },
	consent_of_signer: { word: m.gate_need_consent_of_signer, href: '#consent' },
	review_missing: { word: m.gate_need_review_missing, href: '#review' },
	review_awaited: { word: m.gate_need_review_awaited, href: '#review' },
	review_changes: { word: m.gate_need_review_changes, href: '#review' },
	review_outdated: { word: m.gate_need_review_outdated, href: '#review' }
};

const isOfTrack = (need: PublishNeed): need is TrackNeed =>
	/^(demonstration|sign)_(missing|not_ready)$/.test(need);

/** @param failed videos that cannot be used: others are needed in their place */
export function needWords(
	mode: TeachingMode,
	need: PublishNeed,
	failed: readonly TrackKind[] = []
): { word: string; href: string } {
	if (!isOfTrack(need)) return { word: NEEDS[need].word(), href: NEEDS[need].href };
	const kind: TrackKind = need.startsWith('sign') ? 'sign' : 'demonstration';
	const { title: name } = trackWords(mode, kind);
	const isAwaited = need.endsWith('not_ready') && !failed.includes(kind);
	const word = isAwaited ? m.teach_need_video_not_ready({ name }) : m.teach_need_video({ name });
	return { word, href: `#video-${kind}` };
}

const ADVICE: Record<Advice['code'], (of: { count: number; examples: string }) => string> = {
	captionFindings: m.gate_advice_captionFindings,
	quietStretches: m.gate_advice_quietStretches,
	soundsUntold: m.gate_advice_soundsUntold,
	noChinese: () => m.gate_advice_noChinese(),
	secondLanguage: () => m.gate_advice_secondLanguage(),
	stepNotes: m.gate_advice_stepNotes,
	longSentences: m.gate_advice_longSentences,
	rareCharacters: m.gate_advice_rareCharacters
};

export const adviceWords = ({ code, count, examples }: Advice): string =>
	ADVICE[code]({ count, examples: examples.join(' · ') });

const topics: Record<ExceptionTopic, () => string> = {
	sign: m.gate_topic_sign,
	captions: m.gate_topic_captions,
	steps: m.gate_topic_steps,
	review: m.gate_topic_review
};
/** What staff let through although it is missing. */
export const topicWord = (topic: ExceptionTopic): string => topics[topic]();
