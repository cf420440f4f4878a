import type { SubmissionState } from '#lib/domain/handing-in.ts';
import type { Database } from '../database/database.ts';

const submissions = (db: Database) =>
	db
		.selectFrom('practice_submission as submission')
		.innerJoin('person', 'person.id', 'submission.person_id')
		.innerJoin('lesson', 'lesson.id', 'submission.lesson_id')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.innerJoin('lesson_version as version', 'version.id', 'submission.version_id')
		.leftJoin('person as looker', 'looker.id', 'submission.looking_by')
		.where('submission.removed_at', 'is', null)
		.select(['submission.id', 'submission.round', 'submission.state', 'submission.revision'])
		.select(['submission.person_id as personId', 'person.display_name as personName'])
		.select(['submission.lesson_id as lessonId', 'version.title as lessonTitle'])
		.select(['lesson.course_id as courseId', 'course.title as courseTitle'])
		.select(['submission.task', 'submission.comment', 'submission.sent_at as sentAt'])
		.select('submission.assessors')
		.select(['submission.looking_by as lookingBy', 'looker.display_name as lookingByName'])
		.select(['submission.looking_at as lookingAt', 'submission.seen_at as seenAt']);

export const submissionById = (db: Database, id: string) =>
	submissions(db).where('submission.id', '=', id).executeTakeFirst();

/** One person's rounds of a lesson, newest first. */
export const roundsOf = (db: Database, { lessonId, personId }: Key) =>
	submissions(db)
		.where('submission.lesson_id', '=', lessonId)
		.where('submission.person_id', '=', personId)
		.orderBy('submission.round', 'desc')
		.execute();

type Key = { lessonId: string; personId: string };

const ofInstructor = (db: Database, instructorId: string) =>
	submissions(db)
		.where('submission.person_id', '<>', instructorId)
		.where((eb) =>
			eb.or([
				eb.exists(
					eb
						.selectFrom('course_instructor')
						.whereRef('course_instructor.course_id', '=', 'lesson.course_id')
						.where('course_instructor.person_id', '=', instructorId)
						.select('course_instructor.person_id')
				),
				eb.exists(
					eb
						.selectFrom('practice_appointment as appointment')
						.whereRef('appointment.submission_id', '=', 'submission.id')
						.where('appointment.person_id', '=', instructorId)
						.select('appointment.person_id')
				)
			])
		)
		.select((eb) =>
			eb
				.selectFrom('enrolment')
				.innerJoin('class', 'class.id', 'enrolment.class_id')
				.whereRef('enrolment.person_id', '=', 'submission.person_id')
				.whereRef('class.course_id', '=', 'lesson.course_id')
				.select(({ fn }) => fn.max('class.title').as('title'))
				.as('classTitle')
		);

/**
 * Those that somebody else has sent, in these states, of courses she teaches or that she was named
 * to assess; longest first.
 */
export const sentTo = (
	db: Database,
	instructorId: string,
	states: readonly SubmissionState[],
	limit: number
) =>
	ofInstructor(db, instructorId)
		.where('submission.state', 'in', [...states])
		.orderBy('submission.sent_at')
		.limit(limit)
		.execute();

const ofAppeal = [
	'appeal.asked_at as askedAt',
	'appealLooker.display_name as appealLookingByName'
] as const;

/** Those whose trainee has asked that somebody else looks again; longest first. */
export const appealedTo = (db: Database, instructorId: string, limit: number) =>
	ofInstructor(db, instructorId)
		.innerJoin('practice_appeal as appeal', 'appeal.submission_id', 'submission.id')
		.leftJoin('person as appealLooker', 'appealLooker.id', 'appeal.looking_by')
		.where('appeal.decided_at', 'is', null)
		.where('appeal.withdrawn_at', 'is', null)
		.select(ofAppeal)
		.orderBy('appeal.asked_at')
		.limit(limit)
		.execute();

/** The same for staff: of every course. */
export const appealed = (db: Database, limit: number) =>
	submissions(db)
		.innerJoin('practice_appeal as appeal', 'appeal.submission_id', 'submission.id')
		.leftJoin('person as appealLooker', 'appealLooker.id', 'appeal.looking_by')
		.where('appeal.decided_at', 'is', null)
		.where('appeal.withdrawn_at', 'is', null)
		.select(ofAppeal)
		.orderBy('appeal.asked_at')
		.limit(limit)
		.execute();

/** What waits for two, of every course; longest first. */
export const waitingForTwo = (db: Database, limit: number) =>
	submissions(db)
		.where('submission.assessors', '=', 2)
		.where('submission.state', 'in', ['sent', 'looking'])
		.orderBy('submission.sent_at')
		.limit(limit)
		.execute();

/** Of each lesson that somebody has handed something in for, every round; newest first. */
export const standingsOf = (db: Database, personId: string) =>
	db
		.selectFrom('practice_submission')
		.where('person_id', '=', personId)
		.where('removed_at', 'is', null)
		.select(['lesson_id as lessonId', 'state', 'seen_at as seenAt'])
		.orderBy('round', 'desc')
		.execute();

/** The highest there ever was, also of rounds that were erased. */
export async function highestRound(db: Database, { lessonId, personId }: Key): Promise<number> {
	const row = await db
		.selectFrom('practice_submission')
		.where('lesson_id', '=', lessonId)
		.where('person_id', '=', personId)
		.select(({ fn }) => fn.max('round').as('round'))
		.executeTakeFirst();
	return Number(row?.round ?? 0);
}

/** Adds a draft, unless there is an open one already. */
export async function addDraft(
	db: Database,
	row: Key & {
		id: string;
		versionId: string;
		task: string;
		assessors: 1 | 2;
		round: number;
		at: string;
	}
): Promise<void> {
	await db
		.insertInto('practice_submission')
		.values({
			...{ id: row.id, person_id: row.personId, lesson_id: row.lessonId },
			...{ version_id: row.versionId, task: row.task, round: row.round },
			assessors: row.assessors,
			...{ state: 'draft', revision: 1, comment: '', created_at: row.at }
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

type Step = {
	state?: SubmissionState;
	comment?: string;
	sent_at?: string | null;
	looking_by?: string | null;
	looking_at?: string | null;
	seen_at?: string | null;
	removed_at?: string;
};

/**
 * One step of a submission, and its revision counts.
 * @param from the states it must be in, and with `revision` the very revision that was seen
 * @returns whether it was so, and was done
 */
export async function move(
	db: Database,
	id: string,
	from: { states: readonly SubmissionState[]; revision?: number },
	to: Step
): Promise<boolean> {
	let query = db
		.updateTable('practice_submission')
		.set((eb) => ({ ...to, revision: eb('revision', '+', 1) }))
		.where('id', '=', id)
		.where('removed_at', 'is', null)
		.where('state', 'in', [...from.states]);
	if (from.revision !== undefined) query = query.where('revision', '=', from.revision);
	const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Those that are being erased and have rows left. */
export const beingErased = (db: Database, limit: number) =>
	db
		.selectFrom('practice_submission')
		.where('removed_at', 'is not', null)
		.select('id')
		.limit(limit)
		.execute();

export const allOf = (db: Database, personId: string) =>
	db.selectFrom('practice_submission').where('person_id', '=', personId).select('id').execute();

export async function setRemoved(db: Database, id: string, at: string): Promise<void> {
	await db
		.updateTable('practice_submission')
		.set({ removed_at: at })
		.where('id', '=', id)
		.execute();
}

/** Its rows, when no file is left of it. */
export async function forget(db: Database, id: string): Promise<void> {
	await db.deleteFrom('practice_appeal').where('submission_id', '=', id).execute();
	await db.deleteFrom('practice_appointment').where('submission_id', '=', id).execute();
	await db.deleteFrom('practice_opinion').where('submission_id', '=', id).execute();
	await db.deleteFrom('practice_assessment').where('submission_id', '=', id).execute();
	await db.deleteFrom('practice_work').where('submission_id', '=', id).execute();
	await db.deleteFrom('practice_submission').where('id', '=', id).execute();
}
