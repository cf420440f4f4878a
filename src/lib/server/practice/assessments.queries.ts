import type { Result } from '#lib/domain/assessing.ts';
import type { Database } from '../database/database.ts';

/** Every answer to a submission, newest first. */
export const assessmentsOf = (db: Database, submissionId: string) =>
	db
		.selectFrom('practice_assessment as assessment')
		.innerJoin('person', 'person.id', 'assessment.assessed_by')
		.where('assessment.submission_id', '=', submissionId)
		.select(['assessment.id', 'assessment.number', 'assessment.result', 'assessment.levels'])
		.select(['assessment.comment', 'assessment.pins', 'assessment.answer_id as answerId'])
		.select(['assessment.decision', 'assessment.assessed_by as assessedById'])
		.select(['assessment.assessed_at as assessedAt', 'person.display_name as assessedBy'])
		.orderBy('assessment.number', 'desc')
		.execute();

/** What somebody says of a submission, as it is kept: levels and pins as JSON. */
export type Said = {
	by: string;
	at: string;
	result: Result;
	levels: string;
	comment: string;
	pins: string;
	answerId: string | null;
};

export async function addAssessment(
	db: Database,
	row: Said & { id: string; submissionId: string; number: number; decision: number }
): Promise<void> {
	await db
		.insertInto('practice_assessment')
		.values({
			...{ id: row.id, submission_id: row.submissionId, number: row.number },
			...{ assessed_by: row.by, assessed_at: row.at, result: row.result, levels: row.levels },
			...{ comment: row.comment, pins: row.pins, answer_id: row.answerId },
			decision: row.decision
		})
		.execute();
}

/** All answers to one person, newest try first, and of each try the newest answer first. */
export const answersTo = (db: Database, personId: string) =>
	db
		.selectFrom('practice_submission as submission')
		.innerJoin('practice_assessment as assessment', 'assessment.submission_id', 'submission.id')
		.innerJoin('person', 'person.id', 'assessment.assessed_by')
		.where('submission.person_id', '=', personId)
		.where('submission.removed_at', 'is', null)
		.select(['submission.lesson_id as lessonId', 'submission.seen_at as seenAt'])
		.select(['submission.id as submissionId', 'assessment.decision'])
		.select(['assessment.result', 'assessment.comment', 'assessment.answer_id as answerId'])
		.select(['assessment.assessed_at as assessedAt', 'person.display_name as assessedBy'])
		.orderBy('submission.round', 'desc')
		.orderBy('assessment.number', 'desc')
		.execute();
