import type { Database } from '../database/database.ts';

const keys = (db: Database) =>
	db.selectFrom('signing_key').select(['id', 'public_key as publicKey', 'retired_at as retiredAt']);

export const allKeys = (db: Database) => keys(db).orderBy('made_at', 'desc').execute();

export const keyById = (db: Database, id: string) =>
	keys(db).where('id', '=', id).executeTakeFirst();

export const currentKey = (db: Database) =>
	keys(db).where('retired_at', 'is', null).orderBy('made_at', 'desc').limit(1).executeTakeFirst();

export async function addKey(
	db: Database,
	{ id, publicKey, madeAt }: { id: string; publicKey: string; madeAt: string }
): Promise<void> {
	const row = { id, public_key: publicKey, made_at: madeAt };
	await db.insertInto('signing_key').values(row).execute();
}

/** @returns those that could sign until now */
export const retireAll = (db: Database, at: string) =>
	db
		.updateTable('signing_key')
		.set({ retired_at: at })
		.where('retired_at', 'is', null)
		.returning('id')
		.execute();

/** @returns whether there was one that signs nothing more */
export async function removeRetired(db: Database, id: string): Promise<boolean> {
	const removed = await db
		.deleteFrom('signing_key')
		.where('id', '=', id)
		.where('retired_at', 'is not', null)
		.executeTakeFirst();
	return Number(removed.numDeletedRows) > 0;
}

/** Places in a status list whose certificates are revoked. */
export async function revokedIn(db: Database, list: number): Promise<number[]> {
	const rows = await db
		.selectFrom('certificate')
		.where('status_list', '=', list)
		.where('revoked_at', 'is not', null)
		.select('status_index as at')
		.execute();
	return rows.map(({ at }) => at);
}

export async function hasList(db: Database, list: number): Promise<boolean> {
	const row = await db
		.selectFrom('certificate')
		.where('status_list', '=', list)
		.select('id')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
