/** Making a lesson public: a row with who and when, never a flag. */
import {
	lessonState,
	type LessonState,
	needsBeforePublishing,
	type PublishNeed
} from '#lib/domain/gate.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as gate from './gate.ts';
import { lessonIdsOf } from './gate.queries.ts';
import * as queries from './publication.queries.ts';
import * as versions from './versions.ts';

/**
 * All that the gate knows of one lesson.
 * @throws NotFound when it is not there
 */
export async function facts(db: Database, lesson: { id: string }): Promise<gate.Judged> {
	const found = (await gate.factsOf(db, [lesson.id])).get(lesson.id);
	if (!found) throw new NotFound();
	return found;
}

/** What still stands between this lesson and a trainee. */
export const needs = async (db: Database, lesson: { id: string }): Promise<PublishNeed[]> =>
	needsBeforePublishing(await facts(db, lesson));

/** Where each lesson of a course stands, by lesson id. */
export async function statesOf(
	db: Database,
	courseId: string
): Promise<ReadonlyMap<string, LessonState>> {
	const all = await gate.factsOf(db, await lessonIdsOf(db, courseId));
	return new Map([...all].map(([id, lesson]) => [id, lessonState(lesson)]));
}

export const current = (db: Database, lessonId: string) => queries.currentPublication(db, lessonId);

/**
 * Publishes the draft as a version of its own. Of a lesson that is public already, classes that have
 * begun keep what they see; a draft that differs in nothing makes no version, so that a second click
 * changes nothing.
 * @param whatChanged a line for colleagues and staff, or nothing
 * @throws Invalid while something a trainee needs is missing
 */
export async function publish(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	whatChanged = ''
): Promise<void> {
	try {
		// Asked and answered in one: a video replaced in between must not be published unprepared.
		await db.transaction().execute(async (step) => {
			if ((await needs(step, lesson)).length > 0) throw new Invalid({ '': 'not_ready' });
			const at = now();
			await versions.add(step, lesson, { id: by.id, at, whatChanged });
			if (await queries.currentPublication(step, lesson.id)) return;
			const row = { lessonId: lesson.id, publishedBy: by.id, publishedAt: at };
			await queries.addPublication(step, { id: newId(), ...row });
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // somebody was faster
	}
}

/** Takes a lesson back; what trainees have watched is kept. */
export const withdraw = (db: Database, lesson: EditableLesson, by: PersonActor): Promise<void> =>
	queries.withdrawPublication(db, lesson.id, by.id, now());
