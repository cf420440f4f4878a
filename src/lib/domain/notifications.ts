/** Notifications: what happened that somebody waits for. They make no sound and hurry nobody. */
import type { Role } from './roles.ts';

/** For whom each kind is; what it leads to is said in `routes/(signed-in)/inbox/shown.ts`. */
export const KINDS_OF = {
	trainee: ['work_answered', 'certificate_issued', 'placement_proposed'],
	instructor: ['work_handed_in', 'appeal_made', 'review_decided'],
	reviewer: ['review_asked'],
	staff: ['placement_answered', 'shop_products']
} as const satisfies Record<Role, readonly string[]>;
export type NotificationKind = (typeof KINDS_OF)[Role][number];

/** Kinds that somebody with these roles can get. */
export const kindsFor = (roles: readonly Role[]): NotificationKind[] =>
	roles.flatMap((role): readonly NotificationKind[] => KINDS_OF[role]);

/** What was read stays so long, in days. */
export const KEPT_DAYS = 90;

/** A form's check boxes, each named as its kind: those that are not pressed are not wanted. */
export const mutedIn = (
	fields: Readonly<Record<string, unknown>>,
	roles: readonly Role[]
): NotificationKind[] => kindsFor(roles).filter((kind) => fields[kind] !== 'on');
