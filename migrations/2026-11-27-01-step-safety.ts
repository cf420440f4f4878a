import { sql, type Kysely } from 'kysely';

// What can hurt in a step, shown as a drawing; and who marked a lesson's steps, turns and areas last,
// so that nobody overwrites somebody else's work without knowing.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('lesson_step')
		.addColumn('hazards', 'text', (c) => c.notNull().defaultTo('[]'))
		.execute();
	await db.schema
		.createTable('lesson_marks')
		.addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
		.addColumn('revision', 'integer', (c) => c.notNull().check(sql`revision > 0`))
		.addColumn('saved_by', 'text', (c) => c.references('person.id'))
		.addColumn('saved_at', 'text', (c) => c.notNull())
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('lesson_marks').execute();
	await db.schema.alterTable('lesson_step').dropColumn('hazards').execute();
}
