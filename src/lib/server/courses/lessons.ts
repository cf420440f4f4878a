/** Lessons of a course: making and changing them, and who may edit or watch one. */
import type { LessonInput } from '#lib/domain/courses.ts';
import type { Actor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayEditCourse, mayWatchLesson } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import type { EditableCourse } from './courses.ts';
import * as courses from './courses.queries.ts';
import * as queries from './lessons.queries.ts';

export type Lesson = NonNullable<Awaited<ReturnType<typeof queries.lessonById>>>;
export type EditableLesson = Authorized<Lesson, 'edit'>;
export type WatchableLesson = Authorized<Lesson & { isPublished: boolean }, 'watch'>;

/** Adds a lesson at the end of the course. */
export async function add(
	db: Database,
	course: EditableCourse,
	input: LessonInput
): Promise<string> {
	const id = newId();
	await db.transaction().execute(async (step) => {
		const position = await queries.nextPosition(step, course.id);
		await queries.addLesson(step, { id, courseId: course.id, position, ...input, at: now() });
	});
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
	return grant({ ...lesson, isPublished }, 'watch');
}

/** The lessons of a course in order, each with whether it is published and its tracks' states. */
export const ofCourse = (db: Database, courseId: string) => queries.lessonsOf(db, courseId);

export const change = (db: Database, lesson: EditableLesson, input: LessonInput): Promise<void> =>
	queries.changeLesson(db, lesson.id, input);

/** Moves a lesson one place up or down; at the edge nothing happens. */
export async function move(
	db: Database,
	lesson: EditableLesson,
	direction: 'up' | 'down'
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const all = await queries.lessonsOf(step, lesson.courseId);
		const from = all.findIndex(({ id }) => id === lesson.id);
		const to = direction === 'up' ? from - 1 : from + 1;
		const [one, other] = [all[from], all[to]];
		if (!one || !other) return;
		await queries.setPosition(step, one.id, other.position);
		await queries.setPosition(step, other.id, one.position);
	});
}
