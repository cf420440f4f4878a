import { sql, type Kysely } from 'kysely';

// Courses that come in as an archive, one row each from the first byte on; and when a course was
// put into the public catalogue (null: it is not in it).
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('course').addColumn('listed_at', 'text').execute();
	await db.schema
		.createTable('course_import')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('file_name', 'text', (c) => c.notNull())
		.addColumn('size_bytes', 'bigint', (c) => c.notNull())
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('arriving', 'waiting', 'reading', 'done', 'failed')`)
		)
		.addColumn('progress_permille', 'integer', (c) =>
			c
				.notNull()
				.defaultTo(0)
				.check(sql`progress_permille between 0 and 1000`)
		)
		.addColumn('problem', 'text')
		.addColumn('course_id', 'text', (c) => c.references('course.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('finished_at', 'text')
		.addCheckConstraint(
			'course_import_outcome',
			sql`(state = 'done') = (course_id is not null) and (state = 'failed') = (problem is not null)`
		)
		.execute();
	await db.schema
		.createIndex('course_import_person')
		.on('course_import')
		.columns(['person_id', 'created_at'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('course_import').execute();
	await db.schema.alterTable('course').dropColumn('listed_at').execute();
}
