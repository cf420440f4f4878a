import type { Database } from '../database/database.ts';

/** Classes of courses this person teaches, or that she is named to teach; open ones first. */
export async function classesTaughtBy(db: Database, personId: string) {
	const rows = await db
		.selectFrom('class')
		.innerJoin('course', 'course.id', 'class.course_id')
		.where((eb) =>
			eb.or([
				eb.exists(
					eb
						.selectFrom('course_instructor')
						.whereRef('course_instructor.course_id', '=', 'class.course_id')
						.where('course_instructor.person_id', '=', personId)
						.select('course_instructor.person_id')
				),
				eb.exists(
					eb
						.selectFrom('class_staff')
						.whereRef('class_staff.class_id', '=', 'class.id')
						.where('class_staff.part', '=', 'instructor')
						.where('class_staff.person_id', '=', personId)
						.select('class_staff.person_id')
				)
			])
		)
		.select(['class.id', 'class.title', 'class.closed_at as closedAt'])
		.select(['course.title as courseTitle', 'starts_on as startsOn', 'ends_on as endsOn'])
		.select((eb) => [
			eb
				.selectFrom('enrolment')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('traineeCount'),
			eb
				.selectFrom('practice_submission as submission')
				.innerJoin('enrolment', 'enrolment.person_id', 'submission.person_id')
				.innerJoin('lesson', 'lesson.id', 'submission.lesson_id')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.whereRef('lesson.course_id', '=', 'class.course_id')
				.where('submission.removed_at', 'is', null)
				.where('submission.state', 'in', ['sent', 'looking'])
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('waitingCount')
		])
		.orderBy('class.created_at', 'desc')
		.execute();
	const counted = rows.map((row) => ({
		...row,
		traineeCount: Number(row.traineeCount),
		waitingCount: Number(row.waitingCount)
	}));
	return counted.sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
}

type OfClass = { id: string; courseId: string };

/** What is published of the course, each in the version that the class has, else the newest. */
export const lessonsOf = (db: Database, { id, courseId }: OfClass) =>
	db
		.selectFrom('lesson')
		.innerJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.innerJoin('lesson_version as version', (join) =>
			join
				.onRef('version.lesson_id', '=', 'lesson.id')
				.on((eb) =>
					eb(
						'version.id',
						'=',
						eb.fn.coalesce(
							eb
								.selectFrom('class_version')
								.where('class_version.class_id', '=', id)
								.whereRef('class_version.lesson_id', '=', 'lesson.id')
								.select('class_version.version_id'),
							eb
								.selectFrom('lesson_version as newest')
								.whereRef('newest.lesson_id', '=', 'lesson.id')
								.where('newest.withheld_at', 'is', null)
								.orderBy('newest.number', 'desc')
								.limit(1)
								.select('newest.id')
						)
					)
				)
		)
		.where('lesson.course_id', '=', courseId)
		.select(['lesson.id', 'version.title', 'version.duration_ms as durationMs', 'version.content'])
		.select('version.needs')
		.select(['version.demonstration_id as demonstrationId', 'version.sign_id as signId'])
		.orderBy('lesson.position')
		.execute();

export const traineesOf = (db: Database, classId: string) =>
	db
		.selectFrom('enrolment')
		.innerJoin('person', 'person.id', 'enrolment.person_id')
		.where('enrolment.class_id', '=', classId)
		.select(['person.id', 'person.display_name as displayName', 'enrolled_at as enrolledAt'])
		.orderBy('person.display_name')
		.execute();

export const progressOf = (db: Database, { id, courseId }: OfClass) =>
	db
		.selectFrom('lesson_progress')
		.innerJoin('lesson', 'lesson.id', 'lesson_progress.lesson_id')
		.innerJoin('enrolment', 'enrolment.person_id', 'lesson_progress.person_id')
		.where('enrolment.class_id', '=', id)
		.where('lesson.course_id', '=', courseId)
		.select(['lesson_progress.person_id as personId', 'lesson.id as lessonId', 'films'])
		.select(['watched_ms as watchedMs', 'position_at as lastAt', 'completed_at as completedAt'])
		.select(['watched_at as watchedAt', 'practised'])
		.execute();

/** Every round that was sent, the newest of each lesson last. */
export const submissionsOf = (db: Database, { id, courseId }: OfClass) =>
	db
		.selectFrom('practice_submission as submission')
		.innerJoin('lesson', 'lesson.id', 'submission.lesson_id')
		.innerJoin('enrolment', 'enrolment.person_id', 'submission.person_id')
		.where('enrolment.class_id', '=', id)
		.where('lesson.course_id', '=', courseId)
		.where('submission.removed_at', 'is', null)
		.where('submission.state', '<>', 'draft')
		.select(['submission.id', 'submission.person_id as personId', 'lesson.id as lessonId'])
		.select(['submission.state', 'submission.sent_at as sentAt'])
		.orderBy('submission.round')
		.execute();
