/** Notifications: what happened that somebody waits for. They make no sound and hurry nobody. */
import type { Role } from './roles.ts';

/** For whom each kind is; what it leads to is said in `routes/(signed-in)/inbox/shown.ts`. */
export const KINDS_OF = {
	trainee: [
		...(['work_answered', 'certificate_issued', 'placement_proposed', 'placement_moved'] as const),
		...(['month_asked', 'check_in_asked', 'alarm_closed'] as const)
	],
	instructor: ['work_handed_in', 'appeal_made', 'review_decided'],
	reviewer: ['review_asked'],
	staff: ['placement_answered', 'alarm_raised', 'check_in_due', 'shop_products']
} as const satisfies Record<Role, readonly string[]>;
export type NotificationKind = (typeof KINDS_OF)[Role][number];

/** Kinds that somebody with these roles can get. */
export const kindsFor = (roles: readonly Role[]): NotificationKind[] =>
	roles.flatMap((role): readonly NotificationKind[] => KINDS_OF[role]);

/** Somebody may come to harm who waits for this: it cannot be turned off. */
const ALWAYS: readonly NotificationKind[] = ['alarm_raised'];
export const isAlways = (kind: NotificationKind): boolean => ALWAYS.includes(kind);

/** Kinds of which somebody with these roles chooses whether she is told. */
export const choosableFor = (roles: readonly Role[]): NotificationKind[] =>
	kindsFor(roles).filter((kind) => !isAlways(kind));

/** What was read stays so long, in days. */
export const KEPT_DAYS = 90;

/** A form's check boxes, each named as its kind: those that are not pressed are not wanted. */
export const mutedIn = (
	fields: Readonly<Record<string, unknown>>,
	roles: readonly Role[]
): NotificationKind[] => choosableFor(roles).filter((kind) => fields[kind] !== 'on');
