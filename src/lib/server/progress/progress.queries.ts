import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';

// A class of 22 sends an event every few seconds each: these four are prepared once.

type RecordingFacts = {
	courseId: string;
	durationMs: number | null;
	enrolmentId: string | null;
	publicationId: string | null;
	certificateId: string | null;
};
type Key = 'lessonId' | 'personId';

const factRows = prepared<RecordingFacts, Key>(['lessonId', 'personId'], (db, value) =>
	db
		.selectFrom('lesson')
		.where('lesson.id', '=', value('lessonId'))
		.select((eb) => [
			'lesson.course_id as courseId',
			eb
				.selectFrom('track')
				.whereRef('track.lesson_id', '=', 'lesson.id')
				.where('track.kind', '=', 'demonstration')
				.where('track.replaced_at', 'is', null)
				.select('track.duration_ms')
				.as('durationMs'),
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
				.as('publicationId'),
			eb
				.selectFrom('certificate')
				.whereRef('certificate.course_id', '=', 'lesson.course_id')
				.where('certificate.person_id', '=', value('personId'))
				.select('certificate.id')
				.as('certificateId')
		])
);

export const recordingFacts = async (db: Database, key: Record<Key, string>) =>
	(await factRows(db, key))[0];

type ProgressRow = {
	watchedRanges: string;
	watchedMs: number;
	positionMs: number;
	positionAt: string;
	revision: number;
	completedAt: string | null;
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
			'completed_at as completedAt'
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
	'completedAt'
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
			completed_at: value('completedAt')
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
			completed_at: value('completedAt')
		})
		.onConflict((conflict) => conflict.columns(['person_id', 'lesson_id']).doNothing())
		.returning('revision')
);

type NewRow = ProgressRow & Record<Key, string>;

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
		.innerJoin('track', (join) =>
			join
				.onRef('track.lesson_id', '=', 'lesson.id')
				.on('track.kind', '=', 'demonstration')
				.on('track.replaced_at', 'is', null)
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
		.select([
			'lesson.id',
			'lesson.course_id as courseId',
			'lesson.title',
			'course_unit.title as unitTitle',
			'lesson.teaching_mode as teachingMode',
			'track.id as trackId',
			'track.digest',
			'track.duration_ms as durationMs',
			'lesson_progress.watched_ms as watchedMs',
			'lesson_progress.completed_at as completedAt'
		])
		.orderBy('lesson.position')
		.execute();
	return rows.map((row) => ({
		...row,
		durationMs: row.durationMs ?? 0,
		watchedMs: row.watchedMs ?? 0,
		isCompleted: row.completedAt !== null
	}));
}
