import { sql, type Kysely } from 'kysely';

// From graduate to shop. Every change of a placement is a row with who and when.
// There is deliberately no column for a disability certificate.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('storefront')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('platform', 'text', (c) => c.notNull())
		.addColumn('address', 'text', (c) => c.notNull())
		.addColumn('wares', 'text', (c) => c.notNull())
		.addColumn('help_needed', 'text', (c) => c.notNull())
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('suspended_by', 'text', (c) => c.references('person.id'))
		.addColumn('suspended_at', 'text')
		.addCheckConstraint(
			'storefront_suspended_by_somebody',
			sql`(suspended_at is null) = (suspended_by is null)`
		)
		.execute();

	await db.schema
		.createTable('placement')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('storefront_id', 'text', (c) => c.notNull().references('storefront.id'))
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) =>
			c
				.notNull()
				.check(sql`state in ('proposed', 'consented', 'declined', 'active', 'withdrawn', 'ended')`)
		)
		.addColumn('showing', 'text', (c) =>
			c.notNull().check(sql`showing in ('unanswered', 'shown', 'hidden')`)
		)
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addCheckConstraint(
			'placement_shown_while_agreed',
			sql`showing <> 'shown' or state in ('consented', 'active')`
		)
		.execute();
	await db.schema.createIndex('placement_person').on('placement').column('person_id').execute();
	await db.schema
		.createIndex('placement_open_once')
		.on('placement')
		.columns(['storefront_id', 'person_id', 'role'])
		.unique()
		.where(sql`state`, 'in', sql`('proposed', 'consented', 'active')`)
		.execute();

	await db.schema
		.createTable('placement_event')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('action', 'text', (c) => c.notNull())
		.addColumn('from_state', 'text')
		.addColumn('to_state', 'text', (c) => c.notNull())
		.addColumn('by_person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('happened_at', 'text', (c) => c.notNull())
		.addUniqueConstraint('placement_event_revision', ['placement_id', 'revision'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['placement_event', 'placement', 'storefront'])
		await db.schema.dropTable(table).execute();
}
