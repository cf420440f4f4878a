/** Making a lesson public: a row with who and when, never a flag. */
import {
	lessonState,
	type LessonState,
	needsBeforePublishing,
	type PublishNeed
} from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson, Lesson } from '../courses/lessons.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './publication.queries.ts';

/** What still stands between this lesson and a trainee. */
export async function needs(db: Database, lesson: Lesson): Promise<PublishNeed[]> {
	const { tracks, captionLanguages } = await queries.publishFacts(db, lesson.id);
	return needsBeforePublishing({ teachingMode: lesson.teachingMode, tracks, captionLanguages });
}

/** Where each lesson of a course stands, by lesson id. */
export async function statesOf(
	db: Database,
	courseId: string
): Promise<ReadonlyMap<string, LessonState>> {
	const lessons = await queries.courseFacts(db, courseId);
	return new Map(lessons.map((lesson) => [lesson.id, lessonState(lesson)]));
}

export const current = (db: Database, lessonId: string) => queries.currentPublication(db, lessonId);

/**
 * Publishes; a second click changes nothing.
 * @throws Invalid while something a trainee needs is missing
 */
export async function publish(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor
): Promise<void> {
	try {
		// Asked and answered in one: a video replaced in between must not be published unprepared.
		await db.transaction().execute(async (step) => {
			if ((await needs(step, lesson)).length > 0) throw new Invalid({ '': 'not_ready' });
			await queries.addPublication(step, {
				id: newId(),
				lessonId: lesson.id,
				publishedBy: by.id,
				publishedAt: now()
			});
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // it is published already
	}
}

/** Takes a lesson back; what trainees have watched is kept. */
export const withdraw = (db: Database, lesson: EditableLesson, by: PersonActor): Promise<void> =>
	queries.withdrawPublication(db, lesson.id, by.id, now());
