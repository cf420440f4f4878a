import type { Kysely } from 'kysely';

// Who said by hand where a sign track belongs, so that nobody overwrites somebody else's places without
// knowing whose they were, and for which video, so that another one in its place is noticed.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('sign_placing')
		.addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
		.addColumn('placement', 'text', (c) => c.notNull())
		// Its row goes a week after another video has taken its place; what is said here stays true.
		.addColumn('sign_track_id', 'text', (c) => c.notNull())
		.addColumn('saved_by', 'text', (c) => c.references('person.id'))
		.addColumn('saved_at', 'text', (c) => c.notNull())
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('sign_placing').execute();
}
