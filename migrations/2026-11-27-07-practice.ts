import { type Kysely, sql } from 'kysely';

// What a trainee makes with her own hands after a lesson, and by what it is judged. One JSON, read
// and written as a whole; its row stays when the task is taken away, so that revisions go on.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('lesson_practice')
		.addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
		.addColumn('revision', 'integer', (c) => c.notNull().check(sql`revision > 0`))
		.addColumn('task', 'text')
		.addColumn('saved_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('saved_at', 'text', (c) => c.notNull())
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('lesson_practice').execute();
}
