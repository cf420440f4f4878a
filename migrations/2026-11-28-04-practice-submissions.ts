import { type Kysely, sql } from 'kysely';

// What a trainee hands in for a practice task, the pictures and films of it, and what an instructor
// answers. Each try is a round of its own, each answer a row of its own: nothing is written over.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('practice_submission')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('version_id', 'text', (c) => c.notNull().references('lesson_version.id'))
		// The task as she saw it: JSON.
		.addColumn('task', 'text', (c) => c.notNull())
		.addColumn('round', 'integer', (c) => c.notNull().check(sql`round > 0`))
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('draft', 'sent', 'looking', 'passed', 'again')`)
		)
		.addColumn('revision', 'integer', (c) => c.notNull().check(sql`revision > 0`))
		.addColumn('comment', 'text', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('sent_at', 'text')
		.addColumn('looking_by', 'text', (c) => c.references('person.id'))
		.addColumn('looking_at', 'text')
		// When she said that she has seen the newest answer.
		.addColumn('seen_at', 'text')
		// It is being erased: its files go first, then its rows.
		.addColumn('removed_at', 'text')
		.addUniqueConstraint('practice_submission_round', ['person_id', 'lesson_id', 'round'])
		.addCheckConstraint(
			'practice_submission_sent',
			sql`(state = 'draft') = (sent_at is null) and (state = 'looking') = (looking_by is not null)`
		)
		.execute();
	// One at a time: the next round begins when the last one is answered.
	await db.schema
		.createIndex('practice_submission_open')
		.on('practice_submission')
		.columns(['person_id', 'lesson_id'])
		.unique()
		.where(sql<boolean>`removed_at is null and state in ('draft', 'sent', 'looking')`)
		.execute();
	await db.schema
		.createIndex('practice_submission_lesson')
		.on('practice_submission')
		.columns(['lesson_id', 'state', 'sent_at'])
		.execute();

	await db.schema
		.createTable('practice_work')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('submission_id', 'text', (c) => c.notNull().references('practice_submission.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('kind', 'text', (c) =>
			c.notNull().check(sql`kind in ('photo', 'video', 'comment', 'answer')`)
		)
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('arriving', 'waiting', 'ready', 'failed')`)
		)
		.addColumn('failure_code', 'text')
		.addColumn('size_bytes', 'bigint', (c) => c.notNull().check(sql`size_bytes > 0`))
		.addColumn('width', 'integer')
		.addColumn('height', 'integer')
		.addColumn('duration_ms', 'integer')
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addCheckConstraint(
			'practice_work_ready_is_measured',
			sql`state <> 'ready' or (width is not null and height is not null)`
		)
		.execute();
	await db.schema
		.createIndex('practice_work_submission')
		.on('practice_work')
		.columns(['submission_id', 'created_at'])
		.execute();
	await db.schema
		.createIndex('practice_work_state')
		.on('practice_work')
		.columns(['state', 'created_at'])
		.execute();

	await db.schema
		.createTable('practice_assessment')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('submission_id', 'text', (c) => c.notNull().references('practice_submission.id'))
		.addColumn('number', 'integer', (c) => c.notNull().check(sql`number > 0`))
		.addColumn('assessed_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('assessed_at', 'text', (c) => c.notNull())
		.addColumn('result', 'text', (c) => c.notNull().check(sql`result in ('passed', 'again')`))
		// JSON: a level for each criterion, by its id.
		.addColumn('levels', 'text', (c) => c.notNull())
		.addColumn('comment', 'text', (c) => c.notNull())
		// JSON: marks on pictures and on moments of films.
		.addColumn('pins', 'text', (c) => c.notNull())
		.addColumn('answer_id', 'text', (c) => c.references('practice_work.id'))
		.addUniqueConstraint('practice_assessment_number', ['submission_id', 'number'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['practice_assessment', 'practice_work', 'practice_submission'])
		await db.schema.dropTable(table).execute();
}
