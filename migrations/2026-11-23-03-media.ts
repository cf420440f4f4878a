import { sql, type Kysely } from 'kysely';

// A lesson's video tracks and captions, the uploads they come from, and the work they cause.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('upload')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('demonstration', 'sign')`))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('file_name', 'text', (c) => c.notNull())
		.addColumn('size_bytes', 'bigint', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('finished_at', 'text')
		.execute();
	await db.schema.createIndex('upload_lesson').on('upload').column('lesson_id').execute();

	await db.schema
		.createTable('track')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('demonstration', 'sign')`))
		.addColumn('upload_id', 'text', (c) => c.notNull().unique().references('upload.id'))
		.addColumn('file_name', 'text', (c) => c.notNull())
		.addColumn('size_bytes', 'bigint', (c) => c.notNull())
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('waiting', 'preparing', 'ready', 'failed')`)
		)
		.addColumn('progress_permille', 'integer', (c) =>
			c
				.notNull()
				.defaultTo(0)
				.check(sql`progress_permille between 0 and 1000`)
		)
		.addColumn('failure_code', 'text')
		.addColumn('digest', 'text')
		.addColumn('duration_ms', 'integer')
		.addColumn('width', 'integer')
		.addColumn('height', 'integer')
		.addColumn('has_sound', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('created_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('replaced_at', 'text')
		.addCheckConstraint(
			'track_ready_is_measured',
			sql`state <> 'ready' or (digest is not null and duration_ms is not null and width is not null and height is not null)`
		)
		.execute();
	await db.schema
		.createIndex('track_current')
		.on('track')
		.columns(['lesson_id', 'kind'])
		.unique()
		.where(sql.ref('replaced_at'), 'is', null)
		.execute();

	await db.schema
		.createTable('caption_track')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('language', 'text', (c) => c.notNull().check(sql`language in ('zh-CN', 'en')`))
		.addColumn('webvtt', 'text', (c) => c.notNull())
		.addColumn('cue_count', 'integer', (c) => c.notNull())
		.addColumn('file_name', 'text', (c) => c.notNull())
		.addColumn('uploaded_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('uploaded_at', 'text', (c) => c.notNull())
		.addUniqueConstraint('caption_track_language', ['lesson_id', 'language'])
		.execute();

	await db.schema
		.createTable('job')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('payload', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('waiting', 'running', 'done', 'failed')`)
		)
		.addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('run_at', 'text', (c) => c.notNull())
		.addColumn('lease', 'text')
		.addColumn('leased_until', 'text')
		.addColumn('last_error', 'text')
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('finished_at', 'text')
		.execute();
	await db.schema.createIndex('job_due').on('job').columns(['state', 'run_at']).execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['job', 'caption_track', 'track', 'upload'])
		await db.schema.dropTable(table).execute();
}
