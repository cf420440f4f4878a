import type { Role } from '#lib/domain/roles.ts';

/** Whoever asks for something to be done. */
export type Actor = PersonActor | Visitor | System;
export type PersonActor = {
	readonly type: 'person';
	readonly id: string;
	readonly displayName: string;
	readonly roles: readonly Role[];
	/** When everything about her will be erased, as she has asked. */
	readonly erasesAt?: string;
};
/** Not signed in. */
export type Visitor = { readonly type: 'visitor' };
/** The worker, set-up and timers. */
export type System = { readonly type: 'system' };

export const VISITOR: Visitor = { type: 'visitor' };
export const SYSTEM: System = { type: 'system' };

export const hasRole = (actor: Actor, role: Role): boolean =>
	actor.type === 'person' && actor.roles.includes(role);
