/**
 * Signed-in sessions. Lucia (asked for, no longer developed: docs/decisions/0003) is used in this
 * file only. Its adapter here keeps a hash of the session id, so a stolen database signs nobody in.
 */
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Database } from '../database/database.ts';
import { isDiskFull } from '../disk-full.ts';
import { hashToken } from '../ids.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Role } from '#lib/domain/roles.ts';
import * as queries from './sessions.queries.ts';

/**
 * Over https the browser itself holds to what the prefix says: set by this host only, for all of
 * it, and never over http (RFC 6265bis 4.1.3). Over http on loopback such a cookie is dropped.
 */
export const sessionCookieName = (isSecure: boolean): string =>
	isSecure ? '__Host-session' : 'session';
/** Holds a device's own secret, by which a card knows the device again. */
export const deviceCookieName = (isSecure: boolean): string =>
	isSecure ? '__Host-device' : 'device';
const SESSION_DAYS = 30;

type Attributes = { displayName: string; roles: readonly Role[]; erasesAt: string | null };

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<Record<never, never>, Attributes>;
		DatabaseUserAttributes: Attributes;
	}
}

/** What the browser is told to keep, with the attributes of a secure cookie. */
export type SessionCookie = {
	name: string;
	value: string;
	attributes: ReturnType<OurLucia['createSessionCookie']>['attributes'];
};

/** Pages can be read while nothing can be written: what is due on the way is done another time. */
const unlessFull = <Answer>(work: Promise<Answer>, otherwise: Answer): Promise<Answer> =>
	work.catch((error: unknown) => {
		if (isDiskFull(error)) return otherwise;
		throw error;
	});

class HashingAdapter implements Adapter {
	readonly #db: Database;
	constructor(db: Database) {
		this.#db = db;
	}

	async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const row = await queries.sessionWithPerson(this.#db, hashToken(id));
		if (!row) return [null, null];
		const { personId, displayName, roles, erasesAt } = row;
		return [
			{ id, userId: personId, expiresAt: new Date(row.expiresAt), attributes: {} },
			{ id: personId, attributes: { displayName, roles, erasesAt } }
		];
	}

	async getUserSessions(personId: string): Promise<DatabaseSession[]> {
		const rows = await queries.sessionsOf(this.#db, personId);
		return rows.map(({ idHash, expiresAt }) => ({
			id: idHash,
			userId: personId,
			expiresAt: new Date(expiresAt),
			attributes: {}
		}));
	}

	setSession({ id, userId, expiresAt }: DatabaseSession): Promise<void> {
		return queries.addSession(this.#db, hashToken(id), userId, expiresAt.toISOString());
	}
	updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
		return unlessFull(
			queries.extendSession(this.#db, hashToken(id), expiresAt.toISOString()),
			undefined
		);
	}
	deleteSession(id: string): Promise<void> {
		return queries.removeSession(this.#db, hashToken(id));
	}
	deleteUserSessions(personId: string): Promise<void> {
		return queries.removeSessionsOf(this.#db, personId);
	}
	deleteExpiredSessions(): Promise<void> {
		return queries.removeExpiredSessions(this.#db, new Date().toISOString());
	}
}

type OurLucia = Lucia<Record<never, never>, Attributes>;

const lucias = new WeakMap<object, OurLucia>();

function luciaFor(db: Database): OurLucia {
	let lucia = lucias.get(db);
	if (!lucia) {
		lucia = new Lucia(new HashingAdapter(db), {
			sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
			sessionCookie: { attributes: { sameSite: 'lax', path: '/' } },
			getUserAttributes: (attributes) => attributes
		});
		lucias.set(db, lucia);
	}
	return lucia;
}

const cookieOf = (lucia: OurLucia, id: string | undefined, isSecure: boolean): SessionCookie => {
	const { value, attributes } =
		id === undefined ? lucia.createBlankSessionCookie() : lucia.createSessionCookie(id);
	const name = sessionCookieName(isSecure);
	return { name, value, attributes: { ...attributes, secure: isSecure } };
};

/**
 * A new session, with a new secret at every sign-in.
 * @param isSecure false only for http on loopback, where browsers drop secure cookies
 */
export async function begin(
	db: Database,
	personId: string,
	isSecure: boolean
): Promise<SessionCookie> {
	const lucia = luciaFor(db);
	const session = await lucia.createSession(personId, {});
	return cookieOf(lucia, session.id, isSecure);
}

/** Who a session's secret belongs to, and a cookie to set when its life was extended. */
export async function whoIs(
	db: Database,
	secret: string | undefined,
	isSecure: boolean
): Promise<{ actor: PersonActor; cookie?: SessionCookie } | undefined> {
	if (!secret) return undefined;
	const lucia = luciaFor(db);
	// One that is over is removed on the way.
	const { session, user } = await unlessFull(lucia.validateSession(secret), {
		...{ session: null, user: null }
	});
	if (!session || !user) return undefined;
	const actor: PersonActor = {
		type: 'person',
		id: user.id,
		displayName: user.displayName,
		roles: user.roles,
		...(user.erasesAt !== null && { erasesAt: user.erasesAt })
	};
	return session.fresh ? { actor, cookie: cookieOf(lucia, secret, isSecure) } : { actor };
}

/** Ends a session at once, for pages and media alike; returns the cookie that clears it. */
export async function end(
	db: Database,
	secret: string | undefined,
	isSecure: boolean
): Promise<SessionCookie> {
	const lucia = luciaFor(db);
	if (secret) await lucia.invalidateSession(secret);
	return cookieOf(lucia, undefined, isSecure);
}

/** Ends every session of a person, on every device. */
export const endAllOf = (db: Database, personId: string): Promise<void> =>
	luciaFor(db).invalidateUserSessions(personId);

/** Removes sessions whose time is over; they signed nobody in any more. */
export const forgetExpired = (db: Database): Promise<void> => luciaFor(db).deleteExpiredSessions();
