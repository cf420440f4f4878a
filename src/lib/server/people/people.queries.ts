import type { Role } from '#lib/domain/roles.ts';
import type { Database } from '../database/database.ts';

export async function addPerson(
	db: Database,
	person: {
		id: string;
		displayName: string;
		signInName: string;
		passwordHash: string;
		createdAt: string;
	}
): Promise<void> {
	await db
		.insertInto('person')
		.values({
			id: person.id,
			display_name: person.displayName,
			sign_in_name: person.signInName,
			password_hash: person.passwordHash,
			created_at: person.createdAt
		})
		.execute();
}

/** Whoever holds the role already keeps it as it was given. */
export async function grantRole(
	db: Database,
	grant: { id: string; personId: string; role: Role; grantedBy: string | undefined; at: string }
): Promise<void> {
	await db
		.insertInto('role_grant')
		.values({
			id: grant.id,
			person_id: grant.personId,
			role: grant.role,
			granted_by: grant.grantedBy ?? null,
			granted_at: grant.at,
			revoked_by: null,
			revoked_at: null
		})
		.onConflict((conflict) =>
			conflict.columns(['person_id', 'role']).where('revoked_at', 'is', null).doNothing()
		)
		.execute();
}

export const personBySignInName = (db: Database, signInName: string) =>
	db
		.selectFrom('person')
		.where('sign_in_name', '=', signInName)
		.select(['id', 'display_name as displayName', 'password_hash as passwordHash'])
		.executeTakeFirst();

export async function rename(db: Database, id: string, displayName: string): Promise<void> {
	await db.updateTable('person').set({ display_name: displayName }).where('id', '=', id).execute();
}

export async function setErasure(db: Database, id: string, erasesAt: string | null): Promise<void> {
	await db
		.updateTable('person')
		.set({ erases_at: erasesAt })
		.where('id', '=', id)
		.where('erased_at', 'is', null)
		.execute();
}

export async function dueForErasure(db: Database, at: string): Promise<string[]> {
	const rows = await db
		.selectFrom('person')
		.where('erases_at', '<=', at)
		.where('erased_at', 'is', null)
		.select('id')
		.execute();
	return rows.map(({ id }) => id);
}

export async function forgetName(
	db: Database,
	id: string,
	{ name, at }: { name: string; at: string }
): Promise<void> {
	await db
		.updateTable('person')
		.set({ display_name: name, sign_in_name: null, password_hash: null, erased_at: at })
		.where('id', '=', id)
		.execute();
}

export async function rolesOf(db: Database, personId: string): Promise<Role[]> {
	const rows = await db
		.selectFrom('role_grant')
		.where('person_id', '=', personId)
		.where('revoked_at', 'is', null)
		.select('role')
		.execute();
	return rows.map(({ role }) => role);
}

export async function addInvitation(
	db: Database,
	invitation: {
		tokenHash: string;
		role: Role;
		displayName: string;
		invitedBy: string | undefined;
		invitedAt: string;
		expiresAt: string;
	}
): Promise<void> {
	await db
		.insertInto('invitation')
		.values({
			token_hash: invitation.tokenHash,
			role: invitation.role,
			display_name: invitation.displayName,
			invited_by: invitation.invitedBy ?? null,
			invited_at: invitation.invitedAt,
			expires_at: invitation.expiresAt,
			accepted_by: null,
			accepted_at: null
		})
		.execute();
}

export const openInvitation = (db: Database, tokenHash: string, at: string) =>
	db
		.selectFrom('invitation')
		.where('token_hash', '=', tokenHash)
		.where('accepted_at', 'is', null)
		.where('expires_at', '>', at)
		.select(['role', 'display_name as displayName', 'invited_by as invitedBy'])
		.executeTakeFirst();

export async function acceptInvitation(
	db: Database,
	tokenHash: string,
	personId: string,
	at: string
): Promise<boolean> {
	const result = await db
		.updateTable('invitation')
		.set({ accepted_by: personId, accepted_at: at })
		.where('token_hash', '=', tokenHash)
		.where('accepted_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
