import { type Kysely, sql } from 'kysely';

// Files that go along with a lesson: a recipe as a PDF, a picture. One that was taken out stays for
// an undo, and for as long as a version names it.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('lesson_attachment')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('kind', 'text', (c) =>
			c.notNull().check(sql`kind in ('pdf', 'jpeg', 'png', 'webp')`)
		)
		.addColumn('size_bytes', 'integer', (c) => c.notNull().check(sql`size_bytes > 0`))
		.addColumn('added_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('added_at', 'text', (c) => c.notNull())
		.addColumn('removed_at', 'text')
		.execute();
	await db.schema
		.createIndex('lesson_attachment_lesson')
		.on('lesson_attachment')
		.columns(['lesson_id', 'position'])
		.execute();
	await db.schema
		.createIndex('lesson_attachment_removed_at')
		.on('lesson_attachment')
		.column('removed_at')
		.execute();
	await db.schema
		.createTable('version_attachment')
		.addColumn('version_id', 'text', (c) => c.notNull().references('lesson_version.id'))
		.addColumn('attachment_id', 'text', (c) => c.notNull().references('lesson_attachment.id'))
		.addPrimaryKeyConstraint('version_attachment_pk', ['attachment_id', 'version_id'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['version_attachment', 'lesson_attachment'])
		await db.schema.dropTable(table).execute();
}
