import { type Kysely, sql, SqliteAdapter } from 'kysely';

// People who sign in with a printed card: they have no password and no name to sign in with until
// they choose them. The numbers a school or association knows people by, rosters on their way in,
// and the cards: kept as hashes, bound to devices, with all that happened to each.

const isSqlite = (db: Kysely<unknown>): boolean =>
	db.getExecutor().adapter instanceof SqliteAdapter;

/**
 * SQLite cannot let go of a NOT NULL: the table is made anew. Everything refers to it, so foreign
 * keys rest meanwhile (https://www.sqlite.org/lang_altertable.html#otheralter).
 */
async function personAnew(db: Kysely<unknown>, needsPassword: boolean): Promise<void> {
	await sql`pragma foreign_keys = off`.execute(db);
	try {
		await db.transaction().execute(async (step) => {
			await sql`create table person_before as select * from person`.execute(step);
			await step.schema.dropTable('person').execute();
			await step.schema
				.createTable('person')
				.addColumn('id', 'text', (c) => c.primaryKey().notNull())
				.addColumn('display_name', 'text', (c) => c.notNull())
				.addColumn('sign_in_name', 'text', (c) => (needsPassword ? c.notNull() : c).unique())
				.addColumn('password_hash', 'text', (c) => (needsPassword ? c.notNull() : c))
				.addColumn('created_at', 'text', (c) => c.notNull())
				.execute();
			await sql`
				insert into person (id, display_name, sign_in_name, password_hash, created_at)
				select id, display_name, sign_in_name, password_hash, created_at from person_before
			`.execute(step);
			await step.schema.dropTable('person_before').execute();
		});
	} finally {
		await sql`pragma foreign_keys = on`.execute(db);
	}
}

async function letPasswordsBeMissing(db: Kysely<unknown>): Promise<void> {
	if (isSqlite(db)) return personAnew(db, false);
	for (const column of ['sign_in_name', 'password_hash'])
		await db.schema
			.alterTable('person')
			.alterColumn(column, (c) => c.dropNotNull())
			.execute();
}

/** Of a secret that was thrown away: where a password must be, nobody signs in by it. */
const OF_NOBODY =
	'$argon2id$v=19$m=19456,t=2,p=1$ygf/x8RATIGOFIYKPJ5YgA$S2mMUuMFSrhzaTljtjN6xhB/gNjGg5Yba67hlN4bk7g';

/** Who has no password gets one that nobody knows: she stays, and cannot sign in. */
async function needPasswords(db: Kysely<unknown>): Promise<void> {
	await sql`update person set sign_in_name = id where sign_in_name is null`.execute(db);
	await sql`update person set password_hash = ${sql.lit(OF_NOBODY)} where password_hash is null`.execute(
		db
	);
	if (isSqlite(db)) return personAnew(db, true);
	for (const column of ['sign_in_name', 'password_hash'])
		await db.schema
			.alterTable('person')
			.alterColumn(column, (c) => c.setNotNull())
			.execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
	await letPasswordsBeMissing(db);

	await db.schema
		.createTable('person_number')
		.addColumn('person_id', 'text', (c) => c.primaryKey().notNull().references('person.id'))
		.addColumn('number', 'text', (c) => c.notNull().unique())
		.addColumn('given_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('given_at', 'text', (c) => c.notNull())
		.execute();

	// lines: what was read of the file and is still needed; forgotten after a day.
	await db.schema
		.createTable('roster')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('class_id', 'text', (c) => c.notNull().references('class.id'))
		.addColumn('file_name', 'text', (c) => c.notNull())
		.addColumn('lines', 'text', (c) => c.notNull())
		.addColumn('left_out', 'text', (c) => c.notNull())
		.addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('uploaded_at', 'text', (c) => c.notNull())
		.addColumn('imported_by', 'text', (c) => c.references('person.id'))
		.addColumn('imported_at', 'text')
		.addColumn('new_count', 'integer')
		.addColumn('joined_count', 'integer')
		.execute();
	await db.schema.createIndex('roster_class').on('roster').column('class_id').execute();

	await db.schema
		.createTable('card')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('class_id', 'text', (c) => c.notNull().references('class.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('secret_hash', 'text', (c) => c.notNull().unique())
		.addColumn('devices_allowed', 'integer', (c) => c.notNull().check(sql`devices_allowed > 0`))
		.addColumn('made_at', 'text', (c) => c.notNull())
		.addColumn('revoked_at', 'text')
		.execute();
	await db.schema
		.createIndex('card_current')
		.on('card')
		.columns(['class_id', 'person_id'])
		.unique()
		.where(sql.ref('revoked_at'), 'is', null)
		.execute();

	await db.schema
		.createTable('card_device')
		.addColumn('card_id', 'text', (c) => c.notNull().references('card.id'))
		.addColumn('device_hash', 'text', (c) => c.notNull())
		.addColumn('bound_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('card_device_pk', ['card_id', 'device_hash'])
		.execute();

	// done_by: the member of staff; null where it was whoever holds the card.
	await db.schema
		.createTable('card_event')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('card_id', 'text', (c) => c.notNull().references('card.id'))
		.addColumn('kind', 'text', (c) =>
			c
				.notNull()
				.check(
					sql`kind in ('made', 'bound', 'used', 'refused', 'asked', 'device_allowed', 'revoked')`
				)
		)
		.addColumn('done_by', 'text', (c) => c.references('person.id'))
		.addColumn('at', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('card_event_card')
		.on('card_event')
		.columns(['card_id', 'at'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['card_event', 'card_device', 'card', 'roster', 'person_number'])
		await db.schema.dropTable(table).execute();
	await needPasswords(db);
}
