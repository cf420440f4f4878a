import { type Actor, hasRole } from './actor.ts';
import { MAX_ATTACHMENT_BYTES } from '#lib/domain/attachments.ts';
import { MAX_PRODUCT_PICTURE_BYTES } from '#lib/domain/products.ts';
import type { Role } from '#lib/domain/roles.ts';
import { MAX_ROSTER_BYTES } from '#lib/domain/roster.ts';

/** Who may pass into a group of routes. The rooms behind check again, each for its own thing. */
export type Door = 'anyone' | 'signed-in' | Role;

/**
 * A route's group, and who may enter. A route that stands in none of them is refused, so a new
 * page starts closed. (A guard in a group's +layout.server.ts would not stop its actions.)
 */
const DOORS: readonly (readonly [prefix: string, door: Door])[] = [
	['/(public)', 'anyone'],
	['/(trainee)', 'trainee'],
	['/(instructor)', 'instructor'],
	['/(reviewer)', 'reviewer'],
	['/(staff)', 'staff'],
	['/(signed-in)', 'signed-in'],
	['/media', 'signed-in'],
	['/uploads', 'instructor'],
	['/archives', 'instructor'],
	['/works', 'signed-in'],
	['/health', 'anyone']
];

export const doorOf = (routeId: string): Door | undefined =>
	DOORS.find(([prefix]) => routeId === prefix || routeId.startsWith(`${prefix}/`))?.[1];

/** 'sign-in' when it would help to sign in, 'refused' when it would not. */
export function pass(actor: Actor, door: Door | undefined): 'open' | 'sign-in' | 'refused' {
	if (door === undefined) return 'refused';
	if (door === 'anyone') return 'open';
	if (actor.type !== 'person') return 'sign-in';
	return door === 'signed-in' || hasRole(actor, door) ? 'open' : 'refused';
}

/** The longest form of a page that takes no file has a few thousand characters. */
const MAX_FORM_BYTES = 64 * 1024;

/** Pages outside of the instructors' that take files, with how long a body may be there. */
const TAKE_FILES: Readonly<Record<string, number>> = {
	'/works/[...path]': Infinity,
	'/(trainee)/learn/lessons/[lessonId]/hand-in': Infinity,
	// A scanned document; only staff have it read.
	'/(staff)/staff/classes/[classId]/certificates/[personId]': 2 * MAX_ATTACHMENT_BYTES,
	'/(staff)/staff/storefronts/[storefrontId]/products': 2 * MAX_PRODUCT_PICTURE_BYTES,
	// What is somewhat too large still arrives, and is told in words; only staff have it read.
	'/(staff)/staff/classes/[classId]/roster': 4 * MAX_ROSTER_BYTES
};

/**
 * Bytes that a request's body may have, whoever may pass the door. Infinity where the route itself
 * says what is too large, as instructors' do.
 */
export const bodyLimitOf = (routeId: string | null): number => {
	if (routeId === null) return MAX_FORM_BYTES;
	if (doorOf(routeId) === 'instructor') return Infinity;
	return TAKE_FILES[routeId] ?? MAX_FORM_BYTES;
};
