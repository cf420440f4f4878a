import type { WorkKind } from '#lib/domain/handing-in.ts';
import type { Database } from '../database/database.ts';

const columns = [
	'practice_work.id',
	'practice_work.submission_id as submissionId',
	'practice_work.person_id as personId',
	'practice_work.kind',
	'practice_work.state',
	'practice_work.failure_code as failureCode',
	'practice_work.size_bytes as sizeBytes',
	'practice_work.width',
	'practice_work.height',
	'practice_work.duration_ms as durationMs'
] as const;

const counted = <Row extends { sizeBytes: number }>(row: Row): Row => ({
	...row,
	sizeBytes: Number(row.sizeBytes)
});

export async function workById(db: Database, id: string) {
	const row = await db
		.selectFrom('practice_work')
		.where('id', '=', id)
		.select(columns)
		.executeTakeFirst();
	return row && counted(row);
}

/** Everything that was sent for it, oldest first. */
export async function worksOf(db: Database, submissionId: string) {
	const rows = await db
		.selectFrom('practice_work')
		.where('submission_id', '=', submissionId)
		.select(columns)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return rows.map(counted);
}

export const readyOf = (db: Database, personId: string) =>
	db
		.selectFrom('practice_work')
		.where('person_id', '=', personId)
		.where('state', '=', 'ready')
		.select(['id', 'kind'])
		.orderBy('id')
		.execute();

type NewWork = {
	id: string;
	submissionId: string;
	personId: string;
	kind: WorkKind;
	sizeBytes: number;
	at: string;
};

export async function addArriving(db: Database, work: NewWork): Promise<void> {
	await db
		.insertInto('practice_work')
		.values({
			...{ id: work.id, submission_id: work.submissionId, person_id: work.personId },
			...{ kind: work.kind, state: 'arriving', size_bytes: work.sizeBytes, created_at: work.at }
		})
		.execute();
}

/** It has all arrived. @returns whether that is news */
export async function setWaiting(db: Database, id: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('practice_work')
		.set({ state: 'waiting' })
		.where('id', '=', id)
		.where('state', '=', 'arriving')
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** @returns whether it is still wanted */
export async function setReady(
	db: Database,
	id: string,
	made: { width: number; height: number; size_bytes?: number; duration_ms?: number }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('practice_work')
		.set({ state: 'ready', failure_code: null, ...made })
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

export async function setFailed(db: Database, id: string, code: string): Promise<void> {
	await db
		.updateTable('practice_work')
		.set({ state: 'failed', failure_code: code })
		.where('id', '=', id)
		.where('state', '<>', 'ready')
		.execute();
}

export async function removeWork(db: Database, id: string): Promise<void> {
	await db.deleteFrom('practice_work').where('id', '=', id).execute();
}

export const arrivingBefore = (db: Database, at: string, limit: number) =>
	db
		.selectFrom('practice_work')
		.where('state', '=', 'arriving')
		.where('created_at', '<', at)
		.select('id')
		.limit(limit)
		.execute();

/** Of whom it is and who may see it: read anew for each of its files. */
export const facts = (db: Database, id: string) =>
	db
		.selectFrom('practice_work')
		.innerJoin('practice_submission', 'practice_submission.id', 'practice_work.submission_id')
		.innerJoin('lesson', 'lesson.id', 'practice_submission.lesson_id')
		.where('practice_work.id', '=', id)
		.where('practice_submission.removed_at', 'is', null)
		.select(['practice_work.kind', 'practice_work.state as workState'])
		.select(['practice_work.person_id as madeBy', 'practice_submission.id as submissionId'])
		.select(['practice_submission.person_id as personId', 'practice_submission.state'])
		.select('lesson.course_id as courseId')
		.select((eb) => [
			eb
				.selectFrom('practice_assessment')
				.whereRef('practice_assessment.answer_id', '=', 'practice_work.id')
				.select(({ fn }) => fn.min('practice_assessment.id').as('id'))
				.as('answerOf'),
			eb
				.selectFrom('practice_opinion')
				.whereRef('practice_opinion.answer_id', '=', 'practice_work.id')
				.select(({ fn }) => fn.min('practice_opinion.id').as('id'))
				.as('opinionOf'),
			eb
				.selectFrom('practice_appeal')
				.whereRef('practice_appeal.film_id', '=', 'practice_work.id')
				.select(({ fn }) => fn.min('practice_appeal.submission_id').as('id'))
				.as('appealOf')
		])
		.executeTakeFirst();

/** Films of answers that have been given, shown yet or not, and of appeals. */
export async function answersGiven(db: Database, submissionId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('practice_assessment')
		.where('submission_id', '=', submissionId)
		.select('answer_id as id')
		.union(
			db
				.selectFrom('practice_opinion')
				.where('submission_id', '=', submissionId)
				.select('answer_id as id')
		)
		.union(
			db
				.selectFrom('practice_appeal')
				.where('submission_id', '=', submissionId)
				.select('film_id as id')
		)
		.execute();
	return new Set(rows.flatMap(({ id }) => id ?? []));
}
