import type { Database } from '../database/database.ts';

export async function putSettings(
	db: Database,
	row: { personId: string; settings: string; updatedAt: string }
): Promise<void> {
	const values = { settings: row.settings, updated_at: row.updatedAt };
	await db
		.insertInto('person_player_settings')
		.values({ person_id: row.personId, ...values })
		.onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
		.execute();
}

export async function settingsOf(db: Database, personId: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('person_player_settings')
		.where('person_id', '=', personId)
		.select('settings')
		.executeTakeFirst();
	return row?.settings;
}
