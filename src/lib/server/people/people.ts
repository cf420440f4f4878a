/** People, their roles, signing in, and being invited. */
import { hash, verify } from '@node-rs/argon2';
import type { Role } from '#lib/domain/roles.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { mayInvitePeople } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { hashToken, newId, newToken, now } from '../ids.ts';
import * as queries from './people.queries.ts';
import { allow, forget } from './rate-limits.ts';

/** Argon2id with OWASP's minimum: 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SIGN_IN_TRIES = { limit: 10, withinMinutes: 15 };
const INVITATION_DAYS = 14;

export type NewPerson = { displayName: string; signInName: string; password: string };

/**
 * Adds a person with one role.
 * @param also what must happen in the same transaction, or not at all
 * @throws Invalid when the sign-in name is taken
 */
export async function add(
	db: Database,
	person: NewPerson,
	role: Role,
	grantedBy?: string,
	also?: (step: Database, personId: string) => Promise<void>
): Promise<string> {
	const id = newId();
	const passwordHash = await hash(person.password, ARGON2);
	try {
		await db.transaction().execute(async (step) => {
			await queries.addPerson(step, { id, ...person, passwordHash, createdAt: now() });
			await queries.grantRole(step, { id: newId(), personId: id, role, grantedBy, at: now() });
			await also?.(step, id);
		});
	} catch (error) {
		if (isUniqueViolation(error)) throw new Invalid({ signInName: 'sign_in_name_taken' });
		throw error;
	}
	return id;
}

/** Gives a person a role he does not have yet; a role he has stays as it was given. */
export const addRole = (db: Database, personId: string, role: Role, grantedBy?: string) =>
	queries.grantRole(db, { id: newId(), personId, role, grantedBy, at: now() });

/** Her own name, put right by herself; what was issued to her keeps the name of its day. */
export const rename = (db: Database, { id }: PersonActor, displayName: string): Promise<void> =>
	queries.rename(db, id, displayName);

/** When everything about somebody is to be erased; null: it is not. */
export const setErasure = (db: Database, id: string, at: string | null): Promise<void> =>
	queries.setErasure(db, id, at);

/** Whose time to be erased has come. */
export const dueForErasure = (db: Database, at: string): Promise<string[]> =>
	queries.dueForErasure(db, at);

/** Nobody signs in as her from now on, and nobody reads her name. */
export const forgetName = (
	db: Database,
	id: string,
	by: { name: string; at: string }
): Promise<void> => queries.forgetName(db, id, by);

/** What somebody may be today. */
export const rolesOf = (db: Database, personId: string): Promise<Role[]> =>
	queries.rolesOf(db, personId);

// A name nobody has costs as long as a wrong password, so the answer's time tells nothing.
const hashOfNobody = hash(newToken(), ARGON2);

/**
 * Who signs in with this name and password.
 * @throws Invalid one and the same for a wrong name and a wrong password
 * @throws TooMany after 10 tries in 15 minutes for one name, or 100 from one address
 */
export async function whoSignsIn(
	db: Database,
	input: { signInName: string; password: string },
	address: string
): Promise<{ id: string; roles: Role[] }> {
	const bucket = `sign-in ${hashToken(input.signInName)}`;
	await allow(db, bucket, SIGN_IN_TRIES);
	await allow(db, `sign-in from ${hashToken(address)}`, { ...SIGN_IN_TRIES, limit: 100 });
	const person = await queries.personBySignInName(db, input.signInName);
	const isRight = await verify(person?.passwordHash ?? (await hashOfNobody), input.password);
	if (!person || !isRight) throw new Invalid({ '': 'sign_in_wrong' });
	await forget(db, bucket);
	return { id: person.id, roles: await queries.rolesOf(db, person.id) };
}

/**
 * Invites somebody to take a role: a link that works once and for 14 days.
 * @returns the link's token; only its hash is kept
 */
export async function invite(
	db: Database,
	actor: Actor,
	invitation: { displayName: string; role: Role }
): Promise<string> {
	if (!mayInvitePeople(actor)) throw new NotAllowed();
	const token = newToken();
	await queries.addInvitation(db, {
		tokenHash: hashToken(token),
		...invitation,
		invitedBy: actor.type === 'person' ? actor.id : undefined,
		invitedAt: now(),
		expiresAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000).toISOString()
	});
	return token;
}

/** @throws NotFound when it was used, has run out, or never was */
export async function invitationFor(db: Database, token: string) {
	const invitation = await queries.openInvitation(db, hashToken(token), now());
	if (!invitation) throw new NotFound();
	return invitation;
}

/** Takes an invitation up: a new person with the invited role. */
export async function acceptInvitation(
	db: Database,
	token: string,
	person: NewPerson
): Promise<{ id: string; role: Role }> {
	const { role, invitedBy } = await invitationFor(db, token);
	const id = await add(db, person, role, invitedBy ?? undefined, async (step, personId) => {
		const isFirst = await queries.acceptInvitation(step, hashToken(token), personId, now());
		if (!isFirst) throw new NotFound();
	});
	return { id, role };
}
