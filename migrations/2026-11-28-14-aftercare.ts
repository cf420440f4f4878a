import { type Kysely, sql, SqliteAdapter } from 'kysely';

// What comes after the yes: meeting the shop, a trial, work; then each month what the graduate says
// of it, check-ins, and alarms. What is due follows from dates and is kept nowhere.

const AGREED_BEFORE = ['consented', 'active'];
const AGREED = ['consented', 'introduced', 'on_trial', 'active'];
const BEFORE = ['proposed', 'consented', 'declined', 'active', 'withdrawn', 'ended'];
const NOW = [
	...['proposed', 'consented', 'declined', 'introduced', 'on_trial'],
	...['active', 'withdrawn', 'ended']
];
type States = { all: string[]; agreed: string[] };

const listed = (values: string[]) => sql.join(values.map((value) => sql.lit(value)));
const isOneOf = (column: string, values: string[]) =>
	sql<boolean>`${sql.raw(column)} in (${listed(values)})`;
const shownWhileAgreed = ({ agreed }: States) =>
	sql<boolean>`showing <> 'shown' or ${isOneOf('state', agreed)}`;

const isSqlite = (db: Kysely<unknown>): boolean =>
	db.getExecutor().adapter instanceof SqliteAdapter;

async function indexOpen(db: Kysely<unknown>, { agreed }: States): Promise<void> {
	await db.schema
		.createIndex('placement_open_once')
		.on('placement')
		.columns(['storefront_id', 'person_id', 'role'])
		.unique()
		.where(sql`state`, 'in', sql`(${listed(['proposed', ...agreed])})`)
		.execute();
}

/**
 * SQLite cannot change a CHECK: the table is made anew. Events refer to it, so foreign keys rest
 * meanwhile (https://www.sqlite.org/lang_altertable.html#otheralter).
 */
async function placementAnew(db: Kysely<unknown>, states: States): Promise<void> {
	await sql`pragma foreign_keys = off`.execute(db);
	try {
		await db.transaction().execute(async (step) => {
			await sql`create table placement_before as select * from placement`.execute(step);
			await step.schema.dropTable('placement').execute();
			await step.schema
				.createTable('placement')
				.addColumn('id', 'text', (c) => c.primaryKey().notNull())
				.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
				.addColumn('storefront_id', 'text', (c) => c.notNull().references('storefront.id'))
				.addColumn('role', 'text', (c) => c.notNull())
				.addColumn('state', 'text', (c) => c.notNull().check(isOneOf('state', states.all)))
				.addColumn('showing', 'text', (c) =>
					c.notNull().check(sql`showing in ('unanswered', 'shown', 'hidden')`)
				)
				.addColumn('revision', 'integer', (c) => c.notNull())
				.addColumn('created_at', 'text', (c) => c.notNull())
				.addCheckConstraint('placement_shown_while_agreed', shownWhileAgreed(states))
				.execute();
			const columns = sql.raw(
				'id, person_id, storefront_id, role, state, showing, revision, created_at'
			);
			await sql`insert into placement (${columns}) select ${columns} from placement_before`.execute(
				step
			);
			await step.schema.dropTable('placement_before').execute();
			await step.schema
				.createIndex('placement_person')
				.on('placement')
				.column('person_id')
				.execute();
			await indexOpen(step, states);
		});
	} finally {
		await sql`pragma foreign_keys = on`.execute(db);
	}
}

async function changeStates(db: Kysely<unknown>, states: States): Promise<void> {
	if (isSqlite(db)) return placementAnew(db, states);
	for (const [name, check] of [
		['placement_state_check', isOneOf('state', states.all)],
		['placement_shown_while_agreed', shownWhileAgreed(states)]
	] as const) {
		await db.schema.alterTable('placement').dropConstraint(name).execute();
		await db.schema.alterTable('placement').addCheckConstraint(name, check).execute();
	}
	await db.schema.dropIndex('placement_open_once').execute();
	await indexOpen(db, states);
}

export async function up(db: Kysely<unknown>): Promise<void> {
	await changeStates(db, { all: NOW, agreed: AGREED });

	// Why staff have ended it. Who and when is the event.
	await db.schema
		.createTable('placement_ending')
		.addColumn('placement_id', 'text', (c) => c.primaryKey().notNull().references('placement.id'))
		.addColumn('reason', 'text', (c) => c.notNull())
		.addColumn('note', 'text', (c) => c.notNull())
		.execute();

	// What the graduate says of a month, himself.
	await db.schema
		.createTable('work_month')
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		// As '2026-11'.
		.addColumn('month', 'text', (c) => c.notNull())
		.addColumn('worked', 'text', (c) => c.notNull().check(isOneOf('worked', ['yes', 'no'])))
		.addColumn('paid', 'text', (c) => c.notNull().check(isOneOf('paid', ['yes', 'not_yet', 'no'])))
		.addColumn('money_asked', 'text', (c) =>
			c.notNull().check(isOneOf('money_asked', ['no', 'yes']))
		)
		.addColumn('note', 'text', (c) => c.notNull())
		.addColumn('answered_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('work_month_once', ['placement_id', 'month'])
		.execute();

	// How he is, so many days after his work began.
	const isDay = () => sql<boolean>`day in (30, 60, 90, 182)`;
	await db.schema
		.createTable('check_in')
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('day', 'integer', (c) => c.notNull().check(isDay()))
		.addColumn('feeling', 'text', (c) =>
			c.notNull().check(isOneOf('feeling', ['good', 'so_so', 'bad']))
		)
		// Codes, as JSON.
		.addColumn('helps', 'text', (c) => c.notNull())
		.addColumn('note', 'text', (c) => c.notNull())
		.addColumn('answered_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('check_in_once', ['placement_id', 'day'])
		.execute();
	// What staff have done about it: looked at the answer, or gone to see him.
	await db.schema
		.createTable('check_in_care')
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('day', 'integer', (c) => c.notNull().check(isDay()))
		.addColumn('note', 'text', (c) => c.notNull())
		.addColumn('done_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('done_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('check_in_care_once', ['placement_id', 'day'])
		.execute();

	// A consent of its own; when it is taken back the numbers go, and that he once agreed stays.
	await db.schema
		.createTable('income_consent')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('given_at', 'text', (c) => c.notNull())
		.addColumn('withdrawn_at', 'text')
		.execute();
	await db.schema
		.createIndex('income_consent_current')
		.unique()
		.on('income_consent')
		.column('placement_id')
		.where(sql<boolean>`withdrawn_at is null`)
		.execute();
	await db.schema
		.createTable('check_in_income')
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('day', 'integer', (c) => c.notNull().check(isDay()))
		.addColumn('income_yuan', 'integer', (c) => c.check(sql`income_yuan >= 0`))
		.addColumn('hours', 'integer', (c) => c.check(sql`hours >= 0`))
		.addColumn('kept_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('check_in_income_once', ['placement_id', 'day'])
		.addCheckConstraint(
			'check_in_income_something',
			sql`income_yuan is not null or hours is not null`
		)
		.execute();

	await db.schema
		.createTable('placement_alarm')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id'))
		.addColumn('kind', 'text', (c) =>
			c.notNull().check(isOneOf('kind', ['money', 'unpaid', 'unseen', 'bad']))
		)
		// The month, or the day of the check-in.
		.addColumn('about', 'text', (c) => c.notNull())
		.addColumn('raised_at', 'text', (c) => c.notNull())
		// Null: to everybody, because there is nobody but who has proposed it.
		.addColumn('raised_to', 'text', (c) => c.references('person.id'))
		.addColumn('closed_at', 'text')
		.addColumn('closed_by', 'text', (c) => c.references('person.id'))
		// What was done.
		.addColumn('closed_note', 'text')
		.addCheckConstraint(
			'placement_alarm_closed',
			sql`(closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_note is null)`
		)
		.execute();
	await db.schema
		.createIndex('placement_alarm_open_once')
		.unique()
		.on('placement_alarm')
		.columns(['placement_id', 'kind', 'about'])
		.where(sql<boolean>`closed_at is null`)
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of [
		...['placement_alarm', 'check_in_income', 'income_consent', 'check_in_care', 'check_in'],
		...['work_month', 'placement_ending']
	])
		await db.schema.dropTable(table).execute();
	// Who has met the shop has at least agreed; the steps that were not known then are forgotten.
	await sql`update placement set state = 'consented' where state in ('introduced', 'on_trial')`.execute(
		db
	);
	await sql`delete from placement_event where action in ('introduce', 'begin_trial')`.execute(db);
	await changeStates(db, { all: BEFORE, agreed: AGREED_BEFORE });
}
