import type { Role } from '#lib/domain/roles.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';

type SessionRow = {
	personId: string;
	displayName: string;
	erasesAt: string | null;
	expiresAt: string;
	role: Role | null;
};

// Asked at every request: prepared once. A row a role, as a person may hold several.
const sessionRows = prepared<SessionRow, 'idHash'>(['idHash'], (db, value) =>
	db
		.selectFrom('session')
		.innerJoin('person', 'person.id', 'session.person_id')
		.leftJoin('role_grant', (join) =>
			join.onRef('role_grant.person_id', '=', 'person.id').on('role_grant.revoked_at', 'is', null)
		)
		.where('session.id_hash', '=', value('idHash'))
		.select([
			'person.id as personId',
			'person.display_name as displayName',
			'person.erases_at as erasesAt',
			'session.expires_at as expiresAt',
			'role_grant.role as role'
		])
);

export async function sessionWithPerson(db: Database, idHash: string) {
	const rows = await sessionRows(db, { idHash });
	const first = rows[0];
	if (!first) return undefined;
	return { ...first, roles: rows.flatMap(({ role }) => role ?? []) };
}

export const sessionsOf = (db: Database, personId: string) =>
	db
		.selectFrom('session')
		.where('person_id', '=', personId)
		.select(['id_hash as idHash', 'expires_at as expiresAt'])
		.execute();

export async function addSession(
	db: Database,
	id_hash: string,
	person_id: string,
	expires_at: string
): Promise<void> {
	await db.insertInto('session').values({ id_hash, person_id, expires_at }).execute();
}

export async function extendSession(
	db: Database,
	idHash: string,
	expires_at: string
): Promise<void> {
	await db.updateTable('session').set({ expires_at }).where('id_hash', '=', idHash).execute();
}

export async function removeSession(db: Database, idHash: string): Promise<void> {
	await db.deleteFrom('session').where('id_hash', '=', idHash).execute();
}

export async function removeSessionsOf(db: Database, personId: string): Promise<void> {
	await db.deleteFrom('session').where('person_id', '=', personId).execute();
}

export async function removeExpiredSessions(db: Database, before: string): Promise<void> {
	await db.deleteFrom('session').where('expires_at', '<=', before).execute();
}
