import { type Kysely, sql } from 'kysely';

// Captions in full and in plain words stand side by side, and every saving is counted, so that
// nobody writes over what somebody else has just saved.

type CaptionTable = ReturnType<Kysely<unknown>['schema']['createTable']>;

/**
 * SQLite cannot change a table's unique columns: the rows wait elsewhere while it is made anew.
 */
async function remade(
	db: Kysely<unknown>,
	columns: string[],
	table: (start: CaptionTable) => { execute(): Promise<void> },
	values: string[] = columns,
	only = sql`1 = 1`
): Promise<void> {
	await sql`create table caption_track_kept as select * from caption_track`.execute(db);
	await db.schema.dropTable('caption_track').execute();
	await table(db.schema.createTable('caption_track')).execute();
	await sql`insert into caption_track (${sql.raw(columns.join(', '))})
		select ${sql.raw(values.join(', '))} from caption_track_kept where ${only}`.execute(db);
	await db.schema.dropTable('caption_track_kept').execute();
}

const COLUMNS = [
	'id',
	'lesson_id',
	'language',
	'webvtt',
	'cue_count',
	'file_name',
	'uploaded_by',
	'uploaded_at'
];

export async function up(db: Kysely<unknown>): Promise<void> {
	await remade(
		db,
		[...COLUMNS, 'tier', 'revision'],
		(start) =>
			start
				.addColumn('id', 'text', (c) => c.primaryKey().notNull())
				.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
				.addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('zh-CN', 'en')`))
				.addColumn('tier', 'text', (c) => c.notNull().check(sql`tier in ('full', 'plain')`))
				.addColumn('revision', 'integer', (c) => c.notNull().check(sql`revision > 0`))
				.addColumn('webvtt', 'text', (c) => c.notNull())
				.addColumn('cue_count', 'integer', (c) => c.notNull())
				.addColumn('file_name', 'text', (c) => c.notNull())
				.addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
				.addColumn('uploaded_at', 'text', (c) => c.notNull())
				.addUniqueConstraint('caption_track_tier', ['lesson_id', 'language', 'tier']),
		[...COLUMNS, `'full'`, '1']
	);
}

/** Captions in plain words are lost: there was no place for them before. */
export async function down(db: Kysely<unknown>): Promise<void> {
	await remade(
		db,
		COLUMNS,
		(start) =>
			start
				.addColumn('id', 'text', (c) => c.primaryKey().notNull())
				.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
				.addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('zh-CN', 'en')`))
				.addColumn('webvtt', 'text', (c) => c.notNull())
				.addColumn('cue_count', 'integer', (c) => c.notNull())
				.addColumn('file_name', 'text', (c) => c.notNull())
				.addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
				.addColumn('uploaded_at', 'text', (c) => c.notNull())
				.addUniqueConstraint('caption_track_language', ['lesson_id', 'language']),
		COLUMNS,
		sql`tier = 'full'`
	);
}
