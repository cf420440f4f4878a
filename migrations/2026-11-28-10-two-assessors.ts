import { type Kysely, sql } from 'kysely';

// Work that two assess, a third where they do not agree, and appeals. What somebody thinks stands in
// a table of its own until it is decided: whatever reads answers never meets an undecided one.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('practice_submission')
		.addColumn('assessors', 'integer', (c) =>
			c
				.notNull()
				.defaultTo(1)
				.check(sql`assessors in (1, 2)`)
		)
		.execute();
	// Answers given by one decision share it; those of before were each one of their own.
	await db.schema
		.alterTable('practice_assessment')
		.addColumn('decision', 'integer', (c) => c.notNull().defaultTo(1))
		.execute();
	await sql`update practice_assessment set decision = number`.execute(db);

	await db.schema
		.createTable('practice_opinion')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('submission_id', 'text', (c) => c.notNull().references('practice_submission.id'))
		.addColumn('seat', 'integer', (c) => c.notNull().check(sql`seat in (1, 2, 3)`))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('begun_at', 'text', (c) => c.notNull())
		.addColumn('given_at', 'text')
		.addColumn('result', 'text', (c) => c.check(sql`result in ('passed', 'again')`))
		// As of an assessment; empty until it is given.
		.addColumn('levels', 'text', (c) => c.notNull())
		.addColumn('comment', 'text', (c) => c.notNull())
		.addColumn('pins', 'text', (c) => c.notNull())
		.addColumn('answer_id', 'text', (c) => c.references('practice_work.id'))
		.addUniqueConstraint('practice_opinion_seat', ['submission_id', 'seat'])
		.addUniqueConstraint('practice_opinion_once', ['submission_id', 'person_id'])
		.addCheckConstraint(
			'practice_opinion_given',
			sql`(given_at is null) = (result is null) and (given_at is not null or answer_id is null)`
		)
		.execute();

	// Somebody who may assess this one, though she does not teach the course.
	await db.schema
		.createTable('practice_appointment')
		.addColumn('submission_id', 'text', (c) => c.notNull().references('practice_submission.id'))
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('appointed_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('appointed_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('practice_appointment_once', ['submission_id', 'person_id'])
		.execute();
	await db.schema
		.createIndex('practice_appointment_person')
		.on('practice_appointment')
		.column('person_id')
		.execute();

	// Once for each submission, also when she takes it back.
	await db.schema
		.createTable('practice_appeal')
		.addColumn('submission_id', 'text', (c) =>
			c.primaryKey().notNull().references('practice_submission.id')
		)
		.addColumn('reason', 'text', (c) => c.check(sql`reason in ('unseen', 'level', 'unclear')`))
		.addColumn('comment', 'text', (c) => c.notNull())
		.addColumn('film_id', 'text', (c) => c.references('practice_work.id'))
		.addColumn('asked_at', 'text', (c) => c.notNull())
		.addColumn('looking_by', 'text', (c) => c.references('person.id'))
		.addColumn('looking_at', 'text')
		.addColumn('withdrawn_at', 'text')
		.addColumn('decided_at', 'text')
		.addColumn('assessment_id', 'text', (c) => c.references('practice_assessment.id'))
		.addCheckConstraint(
			'practice_appeal_decided',
			sql`(decided_at is null) = (assessment_id is null) and (decided_at is null or withdrawn_at is null)`
		)
		.execute();
	await db.schema
		.createIndex('practice_appeal_open')
		.on('practice_appeal')
		.column('asked_at')
		.where(sql<boolean>`decided_at is null and withdrawn_at is null`)
		.execute();
	await db.schema
		.createIndex('practice_submission_waiting')
		.on('practice_submission')
		.column('sent_at')
		.where(sql<boolean>`assessors = 2 and state in ('sent', 'looking')`)
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropIndex('practice_submission_waiting').execute();
	for (const table of ['practice_appeal', 'practice_appointment', 'practice_opinion'])
		await db.schema.dropTable(table).execute();
	await db.schema.alterTable('practice_assessment').dropColumn('decision').execute();
	await db.schema.alterTable('practice_submission').dropColumn('assessors').execute();
}
