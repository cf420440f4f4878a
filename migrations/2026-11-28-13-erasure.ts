import type { Kysely } from 'kysely';

// Everything about a person can be erased on her own word: when it will be, and when it was. The
// row stays without a name, for what counts without saying who.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('person').addColumn('erases_at', 'text').execute();
	await db.schema.alterTable('person').addColumn('erased_at', 'text').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('person').dropColumn('erased_at').execute();
	await db.schema.alterTable('person').dropColumn('erases_at').execute();
}
