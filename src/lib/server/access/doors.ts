import { type Actor, hasRole } from './actor.ts';
import type { Role } from '#lib/domain/roles.ts';

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

/** Where trainees send pictures and films of their work; elsewhere their bodies are short. */
const TAKES_FILES = ['/works/[...path]', '/(trainee)/learn/lessons/[lessonId]/hand-in'];

/** Whether a route takes files, by whoever may pass its door. Instructors' do by themselves. */
export const takesFiles = (routeId: string): boolean =>
	doorOf(routeId) === 'instructor' || TAKES_FILES.includes(routeId);
