import type { AppealReason } from '#lib/domain/appeals.ts';
import type { Database } from '../database/database.ts';

/** Of these submissions, those that were appealed against. */
export const appealsOf = (db: Database, submissionIds: readonly string[]) =>
	submissionIds.length === 0
		? Promise.resolve([])
		: db
				.selectFrom('practice_appeal as appeal')
				.leftJoin('person as looker', 'looker.id', 'appeal.looking_by')
				.leftJoin('practice_assessment as answer', 'answer.id', 'appeal.assessment_id')
				.where('appeal.submission_id', 'in', [...submissionIds])
				.select(['appeal.submission_id as submissionId', 'appeal.reason', 'appeal.comment'])
				.select(['appeal.film_id as filmId', 'appeal.asked_at as askedAt'])
				.select(['looker.id as lookingBy', 'looker.display_name as lookingByName'])
				.select(['appeal.withdrawn_at as withdrawnAt', 'appeal.decided_at as decidedAt'])
				.select('answer.result')
				.execute();
export type Appeal = Awaited<ReturnType<typeof appealsOf>>[number];

/** @returns whether it is the first one */
export async function addAppeal(
	db: Database,
	row: {
		submissionId: string;
		reason: AppealReason | null;
		comment: string;
		filmId: string | null;
		at: string;
	}
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('practice_appeal')
		.values({
			...{ submission_id: row.submissionId, reason: row.reason, comment: row.comment },
			...{ film_id: row.filmId, asked_at: row.at }
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

type Step = {
	looking_by?: string | null;
	looking_at?: string | null;
	withdrawn_at?: string;
	decided_at?: string;
	assessment_id?: string;
};

/**
 * One step of an appeal that is open.
 * @param by who has to look at it; null: nobody may; undefined: whoever does
 * @returns whether it was so, and was done
 */
export async function move(
	db: Database,
	submissionId: string,
	by: string | null | undefined,
	to: Step
): Promise<boolean> {
	let query = db
		.updateTable('practice_appeal')
		.set(to)
		.where('submission_id', '=', submissionId)
		.where('decided_at', 'is', null)
		.where('withdrawn_at', 'is', null);
	if (by === null) query = query.where('looking_by', 'is', null);
	else if (by !== undefined) query = query.where('looking_by', '=', by);
	const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}
