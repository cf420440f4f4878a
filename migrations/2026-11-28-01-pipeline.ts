import type { Kysely } from 'kysely';

// early_digest: what is being made of a video, from the moment that making begins, so that what is
// finished of it can be looked at, and forgotten when nobody wants it any more. owner_id and
// started_at: whose work a job is and when it was last begun, so that everybody has a turn.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('track').addColumn('early_digest', 'text').execute();
	await db.schema
		.alterTable('job')
		.addColumn('owner_id', 'text', (c) => c.references('person.id'))
		.execute();
	await db.schema.alterTable('job').addColumn('started_at', 'text').execute();
	await db.schema.createIndex('job_owner').on('job').columns(['owner_id', 'started_at']).execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropIndex('job_owner').execute();
	for (const column of ['started_at', 'owner_id'])
		await db.schema.alterTable('job').dropColumn(column).execute();
	await db.schema.alterTable('track').dropColumn('early_digest').execute();
}
