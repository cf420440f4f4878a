import { type Kysely, sql } from 'kysely';

// Words taken out of a course's glossary can be put back for a while: they stand aside as they were,
// so that the word itself is free again. And what a lesson is made of and with.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('glossary_term').addColumn('clip_bytes', 'integer').execute();
	await db.schema
		.createTable('glossary_term_removed')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('clip_id', 'text')
		.addColumn('clip_bytes', 'integer')
		.addColumn('term_row', 'text', (c) => c.notNull())
		.addColumn('removed_at', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('glossary_term_removed_at')
		.on('glossary_term_removed')
		.column('removed_at')
		.execute();
	await db.schema
		.createTable('lesson_yield')
		.addColumn('lesson_id', 'text', (c) => c.primaryKey().notNull().references('lesson.id'))
		.addColumn('count', 'integer', (c) => c.notNull().check(sql`count > 0`))
		.addColumn('product', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createTable('lesson_material')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('material', 'tool')`))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('amount_thousandths', 'integer', (c) => c.check(sql`amount_thousandths > 0`))
		.addColumn('unit', 'text')
		.addColumn('note', 'text', (c) => c.notNull())
		.addCheckConstraint(
			'lesson_material_amount',
			sql`amount_thousandths is null or unit is not null`
		)
		.addCheckConstraint(
			'lesson_material_tool',
			sql`kind = 'material' or (amount_thousandths is null and unit is null)`
		)
		.execute();
	await db.schema
		.createIndex('lesson_material_lesson')
		.on('lesson_material')
		.columns(['lesson_id', 'position'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['lesson_material', 'lesson_yield', 'glossary_term_removed'])
		await db.schema.dropTable(table).execute();
	await db.schema.alterTable('glossary_term').dropColumn('clip_bytes').execute();
}
