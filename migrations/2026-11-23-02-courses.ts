import { sql, type Kysely } from 'kysely';

// Courses, their lessons, and who made a lesson public when.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('course')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('summary', 'text', (c) => c.notNull())
		.addColumn('skill_field', 'text', (c) => c.notNull())
		.addColumn('cover_key', 'text')
		.addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.execute();

	await db.schema
		.createTable('course_instructor')
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('added_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('course_instructor_pk', ['course_id', 'person_id'])
		.execute();
	await db.schema
		.createIndex('course_instructor_person')
		.on('course_instructor')
		.column('person_id')
		.execute();

	await db.schema
		.createTable('lesson')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('summary', 'text', (c) => c.notNull())
		.addColumn('teaching_mode', 'text', (c) =>
			c
				.notNull()
				.check(
					sql`teaching_mode in ('signed_at_source', 'spoken_with_sign_track', 'silent_demonstration')`
				)
		)
		.addColumn('created_at', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('lesson_course')
		.on('lesson')
		.columns(['course_id', 'position'])
		.execute();

	await db.schema
		.createTable('lesson_publication')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('published_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('published_at', 'text', (c) => c.notNull())
		.addColumn('withdrawn_by', 'text', (c) => c.references('person.id'))
		.addColumn('withdrawn_at', 'text')
		.execute();
	await db.schema
		.createIndex('lesson_publication_current')
		.on('lesson_publication')
		.column('lesson_id')
		.unique()
		.where(sql.ref('withdrawn_at'), 'is', null)
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['lesson_publication', 'lesson', 'course_instructor', 'course'])
		await db.schema.dropTable(table).execute();
}
