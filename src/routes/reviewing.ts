/** Words of reviews, for those who make a lesson and those who look at it. */
import type { ReviewSubject } from '#lib/domain/reviews.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

const subjects: Record<ReviewSubject, () => string> = {
	sign: m.gate_review_about_sign,
	captions: m.gate_review_about_captions,
	demonstration: m.gate_review_about_demonstration,
	steps: m.gate_review_about_steps
};
export const subjectIcons: Record<ReviewSubject, IconName> = {
	sign: 'sign-hands',
	captions: 'captions',
	demonstration: 'film',
	steps: 'step'
};
export const subjectWord = (about: ReviewSubject): string => subjects[about]();

/** 65900 → "1:05" */
export function clockOf(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
