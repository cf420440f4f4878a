import type { Database } from '../database/database.ts';
import type { Said } from './assessments.queries.ts';

const opinions = (db: Database) =>
	db
		.selectFrom('practice_opinion as opinion')
		.innerJoin('person', 'person.id', 'opinion.person_id')
		.select(['opinion.submission_id as submissionId', 'opinion.seat'])
		.select(['opinion.person_id as personId', 'person.display_name as personName'])
		.select(['opinion.given_at as givenAt', 'opinion.result', 'opinion.levels'])
		.select(['opinion.comment', 'opinion.pins', 'opinion.answer_id as answerId'])
		.orderBy('opinion.seat');

/** Everybody who looks at it or has given what she thinks. Not for showing: see `together.ts`. */
export const opinionsOf = (db: Database, submissionId: string) =>
	opinions(db).where('opinion.submission_id', '=', submissionId).execute();
export type Opinion = Awaited<ReturnType<typeof opinionsOf>>[number];

export const opinionsOfAll = (db: Database, submissionIds: readonly string[]) =>
	submissionIds.length === 0
		? Promise.resolve<Opinion[]>([])
		: opinions(db)
				.where('opinion.submission_id', 'in', [...submissionIds])
				.execute();

/** Somebody begins to look, in a seat that is free. */
export async function takeSeat(
	db: Database,
	row: { id: string; submissionId: string; seat: number; personId: string; at: string }
): Promise<void> {
	await db
		.insertInto('practice_opinion')
		.values({
			...{ id: row.id, submission_id: row.submissionId, seat: row.seat },
			...{ person_id: row.personId, begun_at: row.at, levels: '', comment: '', pins: '' }
		})
		.execute();
}

/** Gives up a seat, unless what she thinks is given. @returns whether she had one to give up */
export async function leaveSeat(
	db: Database,
	submissionId: string,
	personId: string
): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('practice_opinion')
		.where('submission_id', '=', submissionId)
		.where('person_id', '=', personId)
		.where('given_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numDeletedRows === 1n;
}

/** @returns whether she has a seat and had not given it yet */
export async function give(db: Database, submissionId: string, said: Said): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('practice_opinion')
		.set({
			...{ given_at: said.at, result: said.result, levels: said.levels },
			...{ comment: said.comment, pins: said.pins, answer_id: said.answerId }
		})
		.where('submission_id', '=', submissionId)
		.where('person_id', '=', said.by)
		.where('given_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Those who teach these courses, and are instructors still. */
export const teaching = (db: Database, courseIds: readonly string[]) =>
	courseIds.length === 0
		? Promise.resolve([])
		: db
				.selectFrom('course_instructor')
				.innerJoin('role_grant', 'role_grant.person_id', 'course_instructor.person_id')
				.where('role_grant.role', '=', 'instructor')
				.where('role_grant.revoked_at', 'is', null)
				.where('course_instructor.course_id', 'in', [...courseIds])
				.select(['course_instructor.course_id as courseId'])
				.select('course_instructor.person_id as personId')
				.distinct()
				.execute();

/** Those whom staff have named for these submissions, and who are instructors still. */
export const appointed = (db: Database, submissionIds: readonly string[]) =>
	submissionIds.length === 0
		? Promise.resolve([])
		: db
				.selectFrom('practice_appointment as appointment')
				.innerJoin('role_grant', 'role_grant.person_id', 'appointment.person_id')
				.innerJoin('person', 'person.id', 'appointment.person_id')
				.where('role_grant.role', '=', 'instructor')
				.where('role_grant.revoked_at', 'is', null)
				.where('appointment.submission_id', 'in', [...submissionIds])
				.select(['appointment.submission_id as submissionId'])
				.select(['appointment.person_id as personId', 'person.display_name as personName'])
				.distinct()
				.execute();

/** Named twice, she is named once. */
export async function appoint(
	db: Database,
	row: { submissionId: string; personId: string; by: string; at: string }
): Promise<void> {
	await db
		.insertInto('practice_appointment')
		.values({
			...{ submission_id: row.submissionId, person_id: row.personId },
			...{ appointed_by: row.by, appointed_at: row.at }
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

export const instructors = (db: Database) =>
	db
		.selectFrom('person')
		.innerJoin('role_grant', 'role_grant.person_id', 'person.id')
		.where('role', '=', 'instructor')
		.where('revoked_at', 'is', null)
		.select(['person.id', 'person.display_name as displayName'])
		.distinct()
		.orderBy('person.display_name')
		.execute();

/** Who has assessed any of these, alone, together or upon an appeal; decided or not. */
export const assessorsOf = async (db: Database, submissionIds: readonly string[]) => {
	if (submissionIds.length === 0) return [];
	const answered = db
		.selectFrom('practice_assessment')
		.where('submission_id', 'in', [...submissionIds])
		.select(['submission_id as submissionId', 'assessed_by as personId']);
	return answered
		.union(
			db
				.selectFrom('practice_opinion')
				.where('submission_id', 'in', [...submissionIds])
				.where('given_at', 'is not', null)
				.select(['submission_id as submissionId', 'person_id as personId'])
		)
		.execute();
};
