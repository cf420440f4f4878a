import { type Kysely } from 'kysely';

// Classes, who is enrolled, what was watched, and the certificate it ends in.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('class')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('join_code', 'text', (c) => c.notNull().unique())
		.addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('closed_at', 'text')
		.execute();
	await db.schema.createIndex('class_course').on('class').column('course_id').execute();

	await db.schema
		.createTable('enrolment')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('class_id', 'text', (c) => c.notNull().references('class.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('enrolled_at', 'text', (c) => c.notNull())
		.addUniqueConstraint('enrolment_once', ['person_id', 'class_id'])
		.execute();
	await db.schema.createIndex('enrolment_class').on('enrolment').column('class_id').execute();

	// One row a person and lesson: the union of what was watched. A union does not care how often,
	// in which order or from which device a range arrives.
	await db.schema
		.createTable('lesson_progress')
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('watched_ranges', 'text', (c) => c.notNull())
		.addColumn('watched_ms', 'integer', (c) => c.notNull())
		.addColumn('position_ms', 'integer', (c) => c.notNull())
		.addColumn('position_at', 'text', (c) => c.notNull())
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('completed_at', 'text')
		.addPrimaryKeyConstraint('lesson_progress_pk', ['person_id', 'lesson_id'])
		.execute();

	await db.schema
		.createTable('certificate')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('number', 'text', (c) => c.notNull().unique())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('holder_name', 'text', (c) => c.notNull())
		.addColumn('course_title', 'text', (c) => c.notNull())
		.addColumn('issued_at', 'text', (c) => c.notNull())
		.addColumn('revoked_at', 'text')
		.addColumn('revoked_reason', 'text')
		.addUniqueConstraint('certificate_once', ['person_id', 'course_id'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['certificate', 'lesson_progress', 'enrolment', 'class'])
		await db.schema.dropTable(table).execute();
}
