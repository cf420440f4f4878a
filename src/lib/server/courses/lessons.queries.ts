import type { LessonInput } from '#lib/domain/courses.ts';
import type { Database } from '../database/database.ts';

export async function nextPosition(db: Database, courseId: string): Promise<number> {
	const last = await db
		.selectFrom('lesson')
		.where('course_id', '=', courseId)
		.select(({ fn }) => fn.max('position').as('position'))
		.executeTakeFirst();
	return Number(last?.position ?? 0) + 1;
}

export async function addLesson(
	db: Database,
	lesson: LessonInput & { id: string; courseId: string; position: number; at: string }
): Promise<void> {
	await db
		.insertInto('lesson')
		.values({
			id: lesson.id,
			course_id: lesson.courseId,
			position: lesson.position,
			title: lesson.title,
			summary: lesson.summary,
			teaching_mode: lesson.teachingMode,
			sign_offset_ms: 0,
			created_at: lesson.at
		})
		.execute();
}

export const lessonById = (db: Database, id: string) =>
	db
		.selectFrom('lesson')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.where('lesson.id', '=', id)
		.select([
			'lesson.id',
			'lesson.course_id as courseId',
			'lesson.position',
			'lesson.title',
			'lesson.summary',
			'lesson.teaching_mode as teachingMode',
			'lesson.sign_offset_ms as signOffsetMs',
			'course.title as courseTitle'
		])
		.executeTakeFirst();

export async function lessonsOf(db: Database, courseId: string) {
	const rows = await db
		.selectFrom('lesson')
		.leftJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.leftJoin('track', (join) =>
			join
				.onRef('track.lesson_id', '=', 'lesson.id')
				.on('track.kind', '=', 'demonstration')
				.on('track.replaced_at', 'is', null)
		)
		.where('lesson.course_id', '=', courseId)
		.select([
			'lesson.id',
			'lesson.position',
			'lesson.title',
			'lesson.summary',
			'lesson.teaching_mode as teachingMode',
			'lesson_publication.published_at as publishedAt',
			'track.duration_ms as durationMs'
		])
		.orderBy('lesson.position')
		.execute();
	return rows.map((row) => ({ ...row, isPublished: row.publishedAt !== null }));
}

export async function changeLesson(db: Database, id: string, input: LessonInput): Promise<void> {
	await db
		.updateTable('lesson')
		.set({ title: input.title, summary: input.summary, teaching_mode: input.teachingMode })
		.where('id', '=', id)
		.execute();
}

export async function isPublished(db: Database, lessonId: string): Promise<boolean> {
	const row = await db
		.selectFrom('lesson_publication')
		.where('lesson_id', '=', lessonId)
		.where('withdrawn_at', 'is', null)
		.select('id')
		.executeTakeFirst();
	return row !== undefined;
}

export async function isEnrolled(
	db: Database,
	courseId: string,
	personId: string
): Promise<boolean> {
	const row = await db
		.selectFrom('enrolment')
		.innerJoin('class', 'class.id', 'enrolment.class_id')
		.where('class.course_id', '=', courseId)
		.where('enrolment.person_id', '=', personId)
		.select('enrolment.id')
		.executeTakeFirst();
	return row !== undefined;
}
