/** What somebody is told, in words, and where it leads. */
import type { NotificationKind } from '#lib/domain/notifications.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

type Shown = {
	/** The kind, where one chooses what to be told. */
	word: () => string;
	text: (about: { title: string }) => string;
	icon: IconName;
	hrefOf: (subjectId: string) => string;
};

export const SHOWN: Record<NotificationKind, Shown> = {
	work_answered: {
		...{ word: m.inbox_work_answered, text: m.inbox_work_answered_text, icon: 'picture' },
		hrefOf: (lessonId) => `/learn/lessons/${lessonId}/hand-in`
	},
	certificate_issued: {
		...{ word: m.inbox_certificate, text: m.inbox_certificate_text, icon: 'certificate' },
		hrefOf: (number) => `/learn/certificates/${number}`
	},
	placement_proposed: {
		...{ word: m.inbox_proposed, text: m.inbox_proposed_text, icon: 'shop' },
		hrefOf: () => '/learn/placements'
	},
	placement_moved: {
		...{ word: m.inbox_moved, text: m.inbox_moved_text, icon: 'step' },
		hrefOf: () => '/learn/placements'
	},
	month_asked: {
		...{ word: m.inbox_month, text: m.inbox_month_text, icon: 'calendar' },
		hrefOf: (placementId) => `/learn/placements/${placementId}/work`
	},
	check_in_asked: {
		...{ word: m.inbox_check_in, text: m.inbox_check_in_text, icon: 'heart' },
		hrefOf: (placementId) => `/learn/placements/${placementId}/check-in`
	},
	alarm_closed: {
		...{ word: m.inbox_alarm_closed, text: m.inbox_alarm_closed_text, icon: 'heart' },
		hrefOf: () => '/learn/placements'
	},
	work_handed_in: {
		...{ word: m.inbox_handed_in, text: m.inbox_handed_in_text, icon: 'picture' },
		hrefOf: () => '/teach/practice'
	},
	appeal_made: {
		...{ word: m.inbox_appeal, text: m.inbox_appeal_text, icon: 'again' },
		hrefOf: (submissionId) => `/teach/practice/${submissionId}`
	},
	review_decided: {
		...{ word: m.inbox_reviewed, text: m.inbox_reviewed_text, icon: 'eye' },
		hrefOf: (lessonId) => `/teach/lessons/${lessonId}`
	},
	review_asked: {
		...{ word: m.inbox_review, text: m.inbox_review_text, icon: 'eye' },
		hrefOf: (lessonId) => `/review/${lessonId}`
	},
	placement_answered: {
		...{ word: m.inbox_placement, text: m.inbox_placement_text, icon: 'shop' },
		hrefOf: (personId) => `/staff/graduates/${personId}`
	},
	alarm_raised: {
		...{ word: m.inbox_alarm, text: m.inbox_alarm_text, icon: 'warning' },
		hrefOf: (placementId) => `/staff/aftercare/${placementId}`
	},
	check_in_due: {
		...{ word: m.inbox_care, text: m.inbox_care_text, icon: 'heart' },
		hrefOf: (placementId) => `/staff/aftercare/${placementId}`
	},
	shop_products: {
		...{ word: m.inbox_shop_products, text: m.inbox_shop_products_text, icon: 'shop' },
		hrefOf: (storefrontId) => `/staff/storefronts/${storefrontId}/products`
	}
};

export const hrefOf = ({ kind, subjectId }: { kind: NotificationKind; subjectId: string }) =>
	SHOWN[kind].hrefOf(subjectId);
