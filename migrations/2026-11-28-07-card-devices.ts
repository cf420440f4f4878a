import type { Kysely } from 'kysely';

// What a card was used on, as far as its browser says (a kind and a system, no more), and when last:
// whoever printed a card can use it first, and that is to be seen. Unknown of uses from before.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('card_device').addColumn('device', 'text').execute();
	await db.schema.alterTable('card_device').addColumn('last_used_at', 'text').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('card_device').dropColumn('last_used_at').execute();
	await db.schema.alterTable('card_device').dropColumn('device').execute();
}
