import { sql, type Kysely } from 'kysely';

// Recordings of a signer, each over a part of a demonstration, of which a sign track is joined.

/** Two hours, in milliseconds: no lesson is longer. */
const LONGEST_MS = 7_200_000;

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('take')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('upload_id', 'text', (c) => c.notNull().unique().references('upload.id'))
		.addColumn('start_ms', 'integer', (c) => c.notNull())
		.addColumn('end_ms', 'integer', (c) => c.notNull())
		.addColumn('align_ms', 'integer', (c) => c.notNull())
		.addColumn('trim_start_ms', 'integer', (c) => c.notNull())
		.addColumn('trim_end_ms', 'integer', (c) => c.notNull())
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('arriving', 'waiting', 'ready', 'failed')`)
		)
		.addColumn('failure_code', 'text')
		.addColumn('duration_ms', 'integer')
		.addColumn('width', 'integer')
		.addColumn('height', 'integer')
		.addColumn('track_id', 'text', (c) => c.references('track.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('replaced_at', 'text')
		.addCheckConstraint(
			'take_is_a_span',
			sql`start_ms >= 0 and end_ms > start_ms and end_ms <= ${sql.lit(LONGEST_MS)}`
		)
		.addCheckConstraint(
			'take_is_trimmed_to_something',
			sql`align_ms >= 0 and trim_start_ms >= 0 and trim_end_ms > trim_start_ms`
		)
		.addCheckConstraint(
			'take_ready_is_measured',
			sql`state <> 'ready' or (duration_ms is not null and width is not null and height is not null)`
		)
		.execute();
	await db.schema.createIndex('take_lesson').on('take').column('lesson_id').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('take').execute();
}
