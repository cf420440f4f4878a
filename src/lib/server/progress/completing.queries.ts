import type { Database } from '../database/database.ts';
import { seenNumber } from './progress.queries.ts';

type Key = { lessonId: string; personId: string };

/** What is asked of somebody in a lesson, as the version she sees says it, and what she has done. */
export const standingRow = (db: Database, { lessonId, personId }: Key) =>
	db
		.selectFrom('lesson_progress as progress')
		.innerJoin('lesson', 'lesson.id', 'progress.lesson_id')
		.innerJoin('lesson_version as version', (join) =>
			join
				.onRef('version.lesson_id', '=', 'lesson.id')
				.on((eb) => eb('version.number', '=', seenNumber(eb, personId)))
		)
		.where('progress.lesson_id', '=', lessonId)
		.where('progress.person_id', '=', personId)
		.select(['version.needs', 'progress.practised'])
		.select(['progress.watched_at as watchedAt', 'progress.completed_at as completedAt'])
		.select((eb) => [
			eb
				.selectFrom('practice_submission as submission')
				.where('submission.person_id', '=', personId)
				.where('submission.lesson_id', '=', lessonId)
				.where('submission.state', '=', 'passed')
				.where('submission.removed_at', 'is', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('passedCount')
		])
		.executeTakeFirst();

/** @param at null: it is not complete after all */
export async function setCompleted(
	db: Database,
	{ lessonId, personId }: Key,
	at: string | null
): Promise<void> {
	await db
		.updateTable('lesson_progress')
		.set({ completed_at: at })
		.where('lesson_id', '=', lessonId)
		.where('person_id', '=', personId)
		.where('completed_at', at === null ? 'is not' : 'is', null)
		.execute();
}
