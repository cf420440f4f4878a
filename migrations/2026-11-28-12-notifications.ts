import { type Kysely, sql } from 'kysely';

// What happened that a person waits for, without sound. Of one thing she has at most one that she
// has not read: ten pieces of work handed in are no ten calls.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('notification')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('kind', 'text', (c) => c.notNull())
		// What it is about, as the page it leads to is addressed, and what that was called then.
		.addColumn('subject_id', 'text', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('happened_at', 'text', (c) => c.notNull())
		.addColumn('read_at', 'text')
		.execute();
	await db.schema
		.createIndex('notification_unread')
		.unique()
		.on('notification')
		.columns(['person_id', 'kind', 'subject_id'])
		.where(sql<boolean>`read_at is null`)
		.execute();
	await db.schema
		.createIndex('notification_newest')
		.on('notification')
		.columns(['person_id', 'happened_at'])
		.execute();

	await db.schema
		.createTable('notification_muted')
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('notification_muted_once', ['person_id', 'kind'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('notification_muted').execute();
	await db.schema.dropTable('notification').execute();
}
