import { sql, type Kysely } from 'kysely';

// How much of the disk what was made of a video takes; null where it was made before this was kept.
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const table of ['track', 'composite'])
		await db.schema
			.alterTable(table)
			.addColumn('prepared_bytes', 'bigint', (c) => c.check(sql`prepared_bytes >= 0`))
			.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['composite', 'track'])
		await db.schema.alterTable(table).dropColumn('prepared_bytes').execute();
}
