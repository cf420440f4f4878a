/** Lessons of a course: making and changing them, and who may edit or watch one. */
import type { LessonInput } from '#lib/domain/courses.ts';
import type { Actor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayEditCourse, mayWatchLesson } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import type { EditableCourse } from './courses.ts';
import * as courses from './courses.queries.ts';
import * as queries from './lessons.queries.ts';
import * as outline from './outline.ts';

export type Lesson = NonNullable<Awaited<ReturnType<typeof queries.lessonById>>>;
export type EditableLesson = Authorized<Lesson, 'edit'>;
export type WatchableLesson = Authorized<
	Lesson & { isPublished: boolean; isEnrolled: boolean },
	'watch'
>;

/**
 * Adds a lesson at the end of the course.
 * @param id made beforehand by whoever may ask twice (a form pressed twice adds one lesson)
 */
export async function add(
	db: Database,
	course: EditableCourse,
	input: LessonInput,
	id: string = newId()
): Promise<string> {
	try {
		await db.transaction().execute(async (step) => {
			const position = await queries.nextPosition(step, course.id);
			await queries.addLesson(step, { id, courseId: course.id, position, ...input, at: now() });
			await outline.addAtEnd(step, course.id, id);
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
		const lesson = await queries.lessonById(db, id);
		if (lesson?.courseId !== course.id) throw new NotFound();
	}
	return id;
}

/** @throws NotFound when it is not there, or not this actor's to edit */
export async function forEditing(db: Database, actor: Actor, id: string): Promise<EditableLesson> {
	const lesson = await queries.lessonById(db, id);
	if (!lesson) throw new NotFound();
	const instructorIds = await courses.instructorIdsOf(db, lesson.courseId);
	if (!mayEditCourse(actor, { instructorIds })) throw new NotFound();
	return grant(lesson, 'edit');
}

/** @throws NotFound when it is not there, or not this actor's to watch */
export async function forWatching(
	db: Database,
	actor: Actor,
	id: string
): Promise<WatchableLesson> {
	const lesson = await queries.lessonById(db, id);
	if (!lesson || actor.type === 'visitor') throw new NotFound();
	const [instructorIds, isPublished, isEnrolled] = await Promise.all([
		courses.instructorIdsOf(db, lesson.courseId),
		queries.isPublished(db, id),
		actor.type === 'person' && queries.isEnrolled(db, lesson.courseId, actor.id)
	]);
	if (!mayWatchLesson(actor, { instructorIds, isPublished, isEnrolled })) throw new NotFound();
	return grant({ ...lesson, isPublished, isEnrolled }, 'watch');
}

/** The lessons of a course in order, each with its length and whether it is published. */
export const ofCourse = (db: Database, courseId: string) => queries.lessonsOf(db, courseId);

/** Trainees see it when it is published. */
export const change = (db: Database, lesson: EditableLesson, input: LessonInput): Promise<void> =>
	queries.changeLesson(db, lesson.id, input);
