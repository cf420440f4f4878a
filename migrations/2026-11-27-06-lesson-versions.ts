import { sql, type Kysely } from 'kysely';

// What trainees see of a lesson is a numbered version that never changes; a class keeps the one it
// has until it is moved. What was watched belongs to the videos it was watched of. Both pictures in
// one video stay for as long as a version needs them, so there can be several of a lesson.

const composite = (
	db: Kysely<unknown>,
	name: string,
	unique: ('lesson_id' | 'layout' | 'digest')[]
) =>
	db.schema
		.createTable('composite')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('layout', 'text', (c) => c.notNull().check(sql`layout in ('side', 'corner')`))
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('waiting', 'preparing', 'ready', 'failed')`)
		)
		.addColumn('digest', 'text')
		.addColumn('demonstration_digest', 'text')
		.addColumn('sign_digest', 'text')
		.addColumn('width', 'integer')
		.addColumn('height', 'integer')
		.addUniqueConstraint(name, unique)
		.addCheckConstraint(
			'composite_ready_is_measured',
			sql`state <> 'ready' or (digest is not null and demonstration_digest is not null
				and sign_digest is not null and width is not null and height is not null)`
		);

/** A table's unique columns cannot be altered in SQLite: it is made anew, its rows go over. */
async function remade(
	db: Kysely<unknown>,
	columns: string[],
	table: { execute(): Promise<void> },
	only = sql`1 = 1`
): Promise<void> {
	await sql`create table composite_before as select * from composite`.execute(db);
	await db.schema.dropTable('composite').execute();
	await table.execute();
	const names = sql.join(columns.map((column) => sql.ref(column)));
	await sql`insert into composite (${names})
		select ${names} from composite_before where ${only}`.execute(db);
	await db.schema.dropTable('composite_before').execute();
}

const COLUMNS = [
	...['id', 'lesson_id', 'layout', 'state', 'digest', 'demonstration_digest', 'sign_digest'],
	...['width', 'height', 'prepared_bytes']
];

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('lesson_version')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('number', 'integer', (c) => c.notNull().check(sql`number > 0`))
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('teaching_mode', 'text', (c) => c.notNull())
		.addColumn('duration_ms', 'integer', (c) => c.notNull())
		// No references: a video that no version in use needs leaves the disk, its row with it.
		.addColumn('demonstration_id', 'text', (c) => c.notNull())
		.addColumn('demonstration_digest', 'text', (c) => c.notNull())
		.addColumn('sign_id', 'text')
		.addColumn('sign_digest', 'text')
		.addColumn('content', 'text', (c) => c.notNull())
		.addColumn('what_changed', 'text', (c) => c.notNull())
		.addColumn('published_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('published_at', 'text', (c) => c.notNull())
		.addColumn('withheld_at', 'text')
		.addUniqueConstraint('lesson_version_number', ['lesson_id', 'number'])
		.addCheckConstraint('lesson_version_sign', sql`(sign_id is null) = (sign_digest is null)`)
		.execute();

	await db.schema
		.createTable('class_version')
		.addColumn('class_id', 'text', (c) => c.notNull().references('class.id'))
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('version_id', 'text', (c) => c.notNull().references('lesson_version.id'))
		.addColumn('set_by', 'text', (c) => c.references('person.id'))
		.addColumn('set_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('class_version_pk', ['class_id', 'lesson_id'])
		.execute();
	await db.schema
		.createIndex('class_version_version')
		.on('class_version')
		.column('version_id')
		.execute();

	await db.schema.alterTable('lesson_progress').addColumn('films', 'text').execute();

	await remade(
		db,
		COLUMNS,
		composite(db, 'composite_digest', ['lesson_id', 'layout', 'digest'])
			.addColumn('prepared_bytes', 'bigint', (c) => c.check(sql`prepared_bytes >= 0`))
			.addColumn('placement', 'text')
			.addColumn('superseded_at', 'text')
	);
}

/** Versions are lost: trainees then see every lesson as it is being worked on. */
export async function down(db: Kysely<unknown>): Promise<void> {
	await remade(
		db,
		COLUMNS.filter((column) => column !== 'prepared_bytes'),
		composite(db, 'composite_layout', ['lesson_id', 'layout']),
		sql`superseded_at is null`
	);
	await db.schema
		.alterTable('composite')
		.addColumn('prepared_bytes', 'bigint', (c) => c.check(sql`prepared_bytes >= 0`))
		.execute();
	await db.schema.alterTable('lesson_progress').dropColumn('films').execute();
	for (const table of ['class_version', 'lesson_version'])
		await db.schema.dropTable(table).execute();
}
