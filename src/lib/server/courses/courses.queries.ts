import type { CourseInput } from '#lib/domain/courses.ts';
import type { Database } from '../database/database.ts';

const preparesColumns = ({ prepares }: CourseInput) => ({
	occupation: prepares?.occupation ?? null,
	skill_level: prepares?.level ?? null
});

export async function addCourse(
	db: Database,
	course: CourseInput & { id: string; createdBy: string; createdAt: string }
): Promise<void> {
	await db
		.insertInto('course')
		.values({
			id: course.id,
			title: course.title,
			summary: course.summary,
			skill_field: course.skillField,
			...preparesColumns(course),
			cover_key: null,
			created_by: course.createdBy,
			created_at: course.createdAt,
			archived_at: null
		})
		.execute();
}

export async function addInstructor(
	db: Database,
	row: { courseId: string; personId: string; addedAt: string }
): Promise<void> {
	await db
		.insertInto('course_instructor')
		.values({ course_id: row.courseId, person_id: row.personId, added_at: row.addedAt })
		.execute();
}

const courseColumns = [
	'course.id',
	'course.title',
	'course.summary',
	'course.skill_field as skillField',
	'course.cover_key as coverKey',
	'course.archived_at as archivedAt',
	'course.occupation',
	'course.skill_level as skillLevel'
] as const;

export async function courseById(db: Database, id: string) {
	const course = await db
		.selectFrom('course')
		.where('id', '=', id)
		.select(courseColumns)
		.executeTakeFirst();
	return course && { ...course, instructorIds: await instructorIdsOf(db, id) };
}

export async function instructorIdsOf(db: Database, courseId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('course_instructor')
		.where('course_id', '=', courseId)
		.select('person_id')
		.execute();
	return rows.map((row) => row.person_id);
}

/** Lessons in all and published, beside each course. */
const courseCards = (db: Database) =>
	db.selectFrom('course').select((eb) => [
		...courseColumns,
		eb
			.selectFrom('lesson')
			.whereRef('lesson.course_id', '=', 'course.id')
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.as('lessonCount'),
		eb
			.selectFrom('lesson_publication')
			.innerJoin('lesson', 'lesson.id', 'lesson_publication.lesson_id')
			.whereRef('lesson.course_id', '=', 'course.id')
			.where('lesson_publication.withdrawn_at', 'is', null)
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.as('publishedCount')
	]);

export async function coursesTaughtBy(db: Database, personId: string) {
	const rows = await courseCards(db)
		.innerJoin('course_instructor', 'course_instructor.course_id', 'course.id')
		.where('course_instructor.person_id', '=', personId)
		.orderBy('course.created_at', 'desc')
		.execute();
	return rows.map(withCounts);
}

export async function publishedCourses(db: Database) {
	const rows = await courseCards(db).orderBy('course.title').execute();
	return rows
		.map(withCounts)
		.filter((course) => course.publishedCount > 0 && course.archivedAt === null);
}

/** Of the courses somebody learns or has learned in, those that prepare for a level. */
export const preparing = (db: Database, personId: string) =>
	db
		.selectFrom('course')
		.innerJoin('class', 'class.course_id', 'course.id')
		.innerJoin('enrolment', 'enrolment.class_id', 'class.id')
		.where('enrolment.person_id', '=', personId)
		.where('course.skill_level', 'is not', null)
		.select(['course.id', 'course.title', 'course.occupation'])
		.select('course.skill_level as skillLevel')
		.distinct()
		.orderBy('course.title')
		.execute();

// PostgreSQL counts in bigint, which arrives as text.
const withCounts = <Row extends { lessonCount: number | null; publishedCount: number | null }>(
	row: Row
) => ({
	...row,
	lessonCount: Number(row.lessonCount),
	publishedCount: Number(row.publishedCount)
});

export async function changeCourse(db: Database, id: string, input: CourseInput): Promise<void> {
	await db
		.updateTable('course')
		.set({
			...{ title: input.title, summary: input.summary, skill_field: input.skillField },
			...preparesColumns(input)
		})
		.where('id', '=', id)
		.execute();
}

export async function setCover(db: Database, id: string, cover_key: string): Promise<void> {
	await db.updateTable('course').set({ cover_key }).where('id', '=', id).execute();
}

export async function setArchived(
	db: Database,
	id: string,
	archived_at: string | null
): Promise<void> {
	await db.updateTable('course').set({ archived_at }).where('id', '=', id).execute();
}
