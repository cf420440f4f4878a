import type { ExpressionBuilder } from 'kysely';
import { practisedOf, readNeeds } from '#lib/domain/completion.ts';
import { filmsOf } from '#lib/domain/versions.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import type { Tables } from '../database/tables.ts';

// A class of 22 sends an event every few seconds each: these four are prepared once.

type RecordingFacts = {
	versionNumber: number | null;
	seenNumber: number | null;
	durationMs: number | null;
	needs: string | null;
	demonstrationId: string | null;
	signId: string | null;
	enrolmentId: string | null;
	publicationId: string | null;
};
type Key = 'lessonId' | 'personId';

/** The version her classes see; the highest where she is in several, the newest where in none. */
export const seenNumber = (eb: ExpressionBuilder<Tables, 'lesson'>, personId: string) =>
	eb.fn.coalesce(
		eb
			.selectFrom('class_version')
			.innerJoin('enrolment', 'enrolment.class_id', 'class_version.class_id')
			.innerJoin('lesson_version as held', 'held.id', 'class_version.version_id')
			.whereRef('class_version.lesson_id', '=', 'lesson.id')
			.where('enrolment.person_id', '=', personId)
			.select(({ fn }) => fn.max<number>('held.number').as('number')),
		eb
			.selectFrom('lesson_version as newest')
			.whereRef('newest.lesson_id', '=', 'lesson.id')
			.where('newest.withheld_at', 'is', null)
			.select(({ fn }) => fn.max<number>('newest.number').as('number'))
	);

const FACTS = ['lessonId', 'personId', 'versionNumber'] as const;

// What arrives late was watched of the version it names; the one seen now where it names none.
const factRows = prepared<RecordingFacts, (typeof FACTS)[number]>(FACTS, (db, value) =>
	db
		.selectFrom('lesson')
		.leftJoin('lesson_version as version', (join) =>
			join
				.onRef('version.lesson_id', '=', 'lesson.id')
				.on('version.withheld_at', 'is', null)
				.on((eb) =>
					eb(
						'version.number',
						'=',
						eb.fn.coalesce(
							eb.val<number>(value('versionNumber')),
							seenNumber(eb, value('personId'))
						)
					)
				)
		)
		.where('lesson.id', '=', value('lessonId'))
		.select((eb) => [
			'version.number as versionNumber',
			seenNumber(eb, value('personId')).as('seenNumber'),
			'version.duration_ms as durationMs',
			'version.needs',
			'version.demonstration_id as demonstrationId',
			'version.sign_id as signId',
			eb
				.selectFrom('enrolment')
				.innerJoin('class', 'class.id', 'enrolment.class_id')
				.whereRef('class.course_id', '=', 'lesson.course_id')
				.where('enrolment.person_id', '=', value('personId'))
				.select(({ fn }) => fn.min('enrolment.id').as('id'))
				.as('enrolmentId'),
			eb
				.selectFrom('lesson_publication')
				.whereRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.where('lesson_publication.withdrawn_at', 'is', null)
				.select('lesson_publication.id')
				.as('publicationId')
		])
);

export const recordingFacts = async (
	db: Database,
	key: Record<Key, string> & { versionNumber: number | null }
) => (await factRows(db, key))[0];

type ProgressRow = {
	watchedRanges: string;
	watchedMs: number;
	positionMs: number;
	positionAt: string;
	revision: number;
	watchedAt: string | null;
	practised: string;
	completedAt: string | null;
	films: string | null;
};

const progressRows = prepared<ProgressRow, Key>(['lessonId', 'personId'], (db, value) =>
	db
		.selectFrom('lesson_progress')
		.where('person_id', '=', value('personId'))
		.where('lesson_id', '=', value('lessonId'))
		.select([
			'watched_ranges as watchedRanges',
			'watched_ms as watchedMs',
			'position_ms as positionMs',
			'position_at as positionAt',
			'revision',
			'watched_at as watchedAt',
			'practised',
			'completed_at as completedAt',
			'films'
		])
);

export const progressRow = async (db: Database, key: Record<Key, string>) =>
	(await progressRows(db, key))[0];

const NAMES = [
	'personId',
	'lessonId',
	'watchedRanges',
	'watchedMs',
	'positionMs',
	'positionAt',
	'revision',
	'watchedAt',
	'practised',
	'films'
] as const;

const update = prepared<{ revision: number }, (typeof NAMES)[number]>(NAMES, (db, value) =>
	db
		.updateTable('lesson_progress')
		.set({
			watched_ranges: value('watchedRanges'),
			watched_ms: value('watchedMs'),
			position_ms: value('positionMs'),
			position_at: value('positionAt'),
			revision: value('revision'),
			watched_at: value('watchedAt'),
			practised: value('practised'),
			films: value('films')
		})
		.where('person_id', '=', value('personId'))
		.where('lesson_id', '=', value('lessonId'))
		// Only when nobody wrote in between; the caller reads again otherwise.
		.where((eb) => eb(eb('revision', '+', 1), '=', value('revision')))
		.returning('revision')
);

const insert = prepared<{ revision: number }, (typeof NAMES)[number]>(NAMES, (db, value) =>
	db
		.insertInto('lesson_progress')
		.values({
			person_id: value('personId'),
			lesson_id: value('lessonId'),
			watched_ranges: value('watchedRanges'),
			watched_ms: value('watchedMs'),
			position_ms: value('positionMs'),
			position_at: value('positionAt'),
			revision: value('revision'),
			watched_at: value('watchedAt'),
			practised: value('practised'),
			films: value('films')
		})
		.onConflict((conflict) => conflict.columns(['person_id', 'lesson_id']).doNothing())
		.returning('revision')
);

type NewRow = Omit<ProgressRow, 'completedAt'> & Record<Key, string>;

/** @returns false when another write came in between */
export const updateProgress = async (db: Database, row: NewRow): Promise<boolean> =>
	(await update(db, row)).length === 1;

/** @returns false when the row is there already */
export const insertProgress = async (db: Database, row: NewRow): Promise<boolean> =>
	(await insert(db, row)).length === 1;

export const coursesOf = (db: Database, personId: string) =>
	db
		.selectFrom('enrolment')
		.innerJoin('class', 'class.id', 'enrolment.class_id')
		.innerJoin('course', 'course.id', 'class.course_id')
		.where('enrolment.person_id', '=', personId)
		.select([
			'course.id',
			'course.title',
			'course.summary',
			'course.cover_key as coverKey',
			({ fn }) => fn.min('class.title').as('classTitle')
		])
		.groupBy(['course.id', 'course.title', 'course.summary', 'course.cover_key'])
		.orderBy('course.title')
		.execute();

export async function lessonsOf(db: Database, personId: string) {
	const rows = await db
		.selectFrom('lesson')
		.innerJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.innerJoin('lesson_version as version', (join) =>
			join
				.onRef('version.lesson_id', '=', 'lesson.id')
				.on((eb) => eb('version.number', '=', seenNumber(eb, personId)))
		)
		.leftJoin('lesson_progress', (join) =>
			join
				.onRef('lesson_progress.lesson_id', '=', 'lesson.id')
				.on('lesson_progress.person_id', '=', personId)
		)
		.leftJoin('unit_lesson', 'unit_lesson.lesson_id', 'lesson.id')
		.leftJoin('course_unit', 'course_unit.id', 'unit_lesson.unit_id')
		.where('lesson.course_id', 'in', (eb) =>
			eb
				.selectFrom('enrolment')
				.innerJoin('class', 'class.id', 'enrolment.class_id')
				.where('enrolment.person_id', '=', personId)
				.select('class.course_id')
		)
		.select(['lesson.id', 'lesson.course_id as courseId', 'version.title'])
		.select(['course_unit.title as unitTitle', 'version.teaching_mode as teachingMode'])
		.select(['version.demonstration_id as trackId', 'version.demonstration_digest as digest'])
		.select(['version.sign_id as signId', 'version.duration_ms as durationMs'])
		.select(['lesson_progress.watched_ms as watchedMs', 'lesson_progress.films'])
		.select(['version.needs', 'lesson_progress.practised'])
		.select('lesson_progress.watched_at as watchedAt')
		.select('lesson_progress.completed_at as completedAt')
		.orderBy('lesson.position')
		.execute();
	return rows.map(({ films, signId, needs: asked, practised, ...row }) => {
		const needs = readNeeds(asked);
		const isOfThese = films === null || films === filmsOf({ demonstrationId: row.trackId, signId });
		return {
			...row,
			watchedMs: isOfThese ? (row.watchedMs ?? 0) : 0,
			needs,
			practisedCount: practisedOf(needs, JSON.parse(practised ?? '[]') as string[]),
			isWatched: row.watchedAt !== null,
			isCompleted: row.completedAt !== null
		};
	});
}
