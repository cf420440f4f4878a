import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

/**
 * Whether trainees need the videos of a version: it is the newest that may be seen, or a class has
 * it. (Of a lesson that was taken back too: it may be public again tomorrow.)
 */
export function isInUse(eb: ExpressionBuilder<Tables, 'lesson_version'>) {
	const isNewest = eb(
		'lesson_version.number',
		'=',
		eb
			.selectFrom('lesson_version as other')
			.whereRef('other.lesson_id', '=', 'lesson_version.lesson_id')
			.where('other.withheld_at', 'is', null)
			.select(({ fn }) => fn.max('other.number').as('number'))
	);
	const isHeld = eb.exists(
		eb
			.selectFrom('class_version')
			.whereRef('class_version.version_id', '=', 'lesson_version.id')
			.select('class_version.version_id')
	);
	return eb.and([eb('lesson_version.withheld_at', 'is', null), eb.or([isNewest, isHeld])]);
}

/** Whether trainees need a video, though it may not be the draft's any more. */
export const isOfVersionInUse = (eb: ExpressionBuilder<Tables, 'track'>) =>
	eb.exists(
		eb
			.selectFrom('lesson_version')
			.whereRef('lesson_version.lesson_id', '=', 'track.lesson_id')
			.where((of) =>
				of.or([
					of('lesson_version.demonstration_id', '=', of.ref('track.id')),
					of('lesson_version.sign_id', '=', of.ref('track.id'))
				])
			)
			.where((of) => isInUse(of))
			.select('lesson_version.id')
	);

/** The versions of a lesson that trainees need, with their content, newest first. */
export const contentsInUse = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_version')
		.where('lesson_id', '=', lessonId)
		.where((eb) => isInUse(eb))
		.select('content')
		.orderBy('number', 'desc')
		.execute();
