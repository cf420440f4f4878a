/** The words of the domain's lists, for the pages of instructors. */
import type { LessonState } from '#lib/domain/gate.ts';
import type { TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import { SKILL_FIELDS, type SkillField } from '#lib/domain/skills.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

const skills: Record<SkillField, () => string> = {
	baking: m.teach_skill_baking,
	embroidery: m.teach_skill_embroidery,
	ecommerce: m.teach_skill_ecommerce,
	livestream: m.teach_skill_livestream,
	design: m.teach_skill_design,
	other: m.teach_skill_other
};
const skillIcons: Record<SkillField, IconName> = {
	baking: 'oven',
	embroidery: 'edit',
	ecommerce: 'shop',
	livestream: 'livestream',
	design: 'sun',
	other: 'plus'
};
export const skillWord = (skill: SkillField): string => skills[skill]();
export const skillOptions = () =>
	SKILL_FIELDS.map((value) => ({ value, label: skills[value](), icon: skillIcons[value] }));

const modes: Record<TeachingMode, () => string> = {
	signed_at_source: m.teach_mode_signed_at_source,
	spoken_with_sign_track: m.teach_mode_spoken_with_sign_track,
	silent_demonstration: m.teach_mode_silent_demonstration
};
export const modeWord = (mode: TeachingMode): string => modes[mode]();

/** What a video is called: where the teacher signs herself, the one video is the signed one. */
export function trackWords(mode: TeachingMode, kind: TrackKind): { title: string; what: string } {
	if (kind === 'sign') return { title: m.teach_video_sign(), what: m.teach_video_sign_what() };
	if (mode === 'signed_at_source')
		return { title: m.teach_video_signed(), what: m.teach_video_signed_what() };
	return { title: m.teach_video_demonstration(), what: m.teach_video_demonstration_what() };
}

type BadgeKind = 'neutral' | 'info' | 'success' | 'accent' | 'danger';
export const stateBadges: Record<
	LessonState,
	{ icon: IconName; kind: BadgeKind; word: () => string }
> = {
	draft: { icon: 'edit', kind: 'neutral', word: m.teach_state_draft },
	failed: { icon: 'warning', kind: 'danger', word: m.teach_state_failed },
	preparing: { icon: 'clock', kind: 'info', word: m.teach_state_preparing },
	in_review: { icon: 'eye', kind: 'info', word: m.gate_state_in_review },
	publishable: { icon: 'upload', kind: 'accent', word: m.teach_state_publishable },
	published: { icon: 'check', kind: 'success', word: m.teach_state_published }
};
