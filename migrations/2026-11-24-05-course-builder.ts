import type { Kysely } from 'kysely';

// A course's units, and its way into the archive. A lesson stands in one unit at most; which one is
// a row of its own, since SQLite cannot drop a column that refers to another table.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('course_unit')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('course_unit_course')
		.on('course_unit')
		.columns(['course_id', 'position'])
		.execute();
	await db.schema
		.createTable('unit_lesson')
		.addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
		.addColumn('unit_id', 'text', (c) => c.notNull().references('course_unit.id'))
		.execute();
	await db.schema.createIndex('unit_lesson_unit').on('unit_lesson').column('unit_id').execute();
	await db.schema.alterTable('course').addColumn('archived_at', 'text').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('course').dropColumn('archived_at').execute();
	for (const table of ['unit_lesson', 'course_unit']) await db.schema.dropTable(table).execute();
}
