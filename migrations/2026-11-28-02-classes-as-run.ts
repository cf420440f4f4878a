import { type Kysely, sql } from 'kysely';

// When and where a class is held, for how many, and by whom. Nothing of it need be said: classes
// from before have none of it.
const COLUMNS = ['starts_on', 'ends_on', 'is_online', 'place', 'seats'] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
	const alter = () => db.schema.alterTable('class');
	await alter().addColumn('starts_on', 'text').execute();
	await alter().addColumn('ends_on', 'text').execute();
	await alter()
		.addColumn('is_online', 'integer', (c) => c.notNull().defaultTo(0))
		.execute();
	await alter().addColumn('place', 'text').execute();
	await alter()
		.addColumn('seats', 'integer', (c) => c.check(sql`seats > 0`))
		.execute();

	await db.schema
		.createTable('class_staff')
		.addColumn('class_id', 'text', (c) => c.notNull().references('class.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('part', 'text', (c) => c.notNull().check(sql`part in ('instructor', 'in_charge')`))
		.addColumn('added_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('added_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('class_staff_pk', ['class_id', 'person_id', 'part'])
		.execute();
	await db.schema.createIndex('class_staff_person').on('class_staff').column('person_id').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('class_staff').execute();
	for (const column of COLUMNS.toReversed())
		await db.schema.alterTable('class').dropColumn(column).execute();
}
