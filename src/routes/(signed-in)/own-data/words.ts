/** What is held about somebody, in words. */
import type { Topic } from '#lib/domain/own-data.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

export const TOPIC_WORDS: Record<
	Topic,
	{ icon: IconName; word: () => string; what: () => string }
> = {
	account: { icon: 'person', word: m.own_account, what: m.own_account_what },
	classes: { icon: 'class', word: m.own_classes, what: m.own_classes_what },
	learning: { icon: 'play', word: m.own_learning, what: m.own_learning_what },
	work: { icon: 'picture', word: m.own_work, what: m.own_work_what },
	certificates: { icon: 'certificate', word: m.own_certificates, what: m.own_certificates_what },
	placements: { icon: 'shop', word: m.own_placements, what: m.own_placements_what },
	teaching: { icon: 'film', word: m.own_teaching, what: m.own_teaching_what },
	settings: { icon: 'settings', word: m.own_settings, what: m.own_settings_what }
};
