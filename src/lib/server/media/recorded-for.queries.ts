import type { Database } from '../database/database.ts';

/** Those of these lessons whose course this person teaches. */
export const lessonsTaught = (db: Database, personId: string, ids: readonly string[]) =>
	db
		.selectFrom('lesson')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.innerJoin('course_instructor', 'course_instructor.course_id', 'course.id')
		.where('course_instructor.person_id', '=', personId)
		.where('lesson.id', 'in', ids)
		.select(['lesson.id', 'lesson.title', 'course.title as courseTitle'])
		.execute();

/** Words of those of these courses that this person teaches. */
export const termsTaught = (db: Database, personId: string, courseIds: readonly string[]) =>
	db
		.selectFrom('glossary_term')
		.innerJoin('course', 'course.id', 'glossary_term.course_id')
		.innerJoin('course_instructor', 'course_instructor.course_id', 'course.id')
		.where('course_instructor.person_id', '=', personId)
		.where('course.id', 'in', courseIds)
		.select(['glossary_term.id', 'glossary_term.term as title', 'course.title as courseTitle'])
		.execute();

/** Takes of these lessons that have arrived to the last byte. */
export const takesReceived = (db: Database, lessonIds: readonly string[]) =>
	db
		.selectFrom('take')
		.where('lesson_id', 'in', lessonIds)
		.where('state', '<>', 'arriving')
		.select('id')
		.execute();
