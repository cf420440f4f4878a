/**
 * Which version of each lesson a class has, and moving it to the newest. What a trainee has
 * completed stays completed; what she was in the middle of begins anew only with other videos.
 */
import { differencesBetween } from '#lib/domain/versions.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayEditCourse, mayRunClasses } from '../access/policy.ts';
import * as courses from '../courses/courses.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as versions from '../publication/versions.ts';
import { classById } from './classes.queries.ts';
import * as queries from './moving.queries.ts';

type Class = NonNullable<Awaited<ReturnType<typeof classById>>>;
export type MovableClass = Authorized<Class, 'move'>;

/**
 * Staff, and whoever teaches the course.
 * @throws NotFound when it is not there, or not this actor's to move
 */
export async function forMoving(
	db: Database,
	actor: Actor,
	classId: string
): Promise<{ of: MovableClass; by: PersonActor }> {
	const found = await classById(db, classId);
	if (!found || actor.type !== 'person') throw new NotFound();
	const instructorIds = await courses.instructorIdsOf(db, found.courseId);
	if (!mayRunClasses(actor) && !mayEditCourse(actor, { instructorIds })) throw new NotFound();
	return { of: grant(found, 'move'), by: actor };
}

type Held = Awaited<ReturnType<typeof queries.heldByClass>>[number];

/** What would change for the trainees of a class with the newest version of a lesson. */
async function compared(db: Database, row: Held) {
	const newest = await versions.newest(db, row.lessonId);
	if (!newest || newest.number === row.number)
		return { ...row, newestNumber: row.number, differences: [], isOtherFilm: false };
	const has = await versions.byNumber(db, { id: row.lessonId }, row.number);
	return {
		...row,
		newestNumber: newest.number,
		differences: differencesBetween(has.content, newest.content),
		isOtherFilm: has.films !== newest.films
	};
}

/** Lesson by lesson: which version the class has, which is the newest, and what that changes. */
export async function ofClass(db: Database, { id }: MovableClass) {
	const rows = await queries.heldByClass(db, id);
	return await Promise.all(rows.map((row) => compared(db, row)));
}

/** How many lessons of a class have a newer version than it has. */
export const newerCount = async (db: Database, of: MovableClass): Promise<number> =>
	(await ofClass(db, of)).filter(({ number, newestNumber }) => number < newestNumber).length;

/** The classes that see a lesson, each with what the newest version would change for it. */
export async function classesOf(db: Database, lesson: EditableLesson) {
	const rows = await queries.heldOfLesson(db, lesson.id);
	return await Promise.all(rows.map((row) => compared(db, row)));
}

/**
 * Moves a class to the newest version of one of its lessons, or of all. Where it has that already,
 * nothing changes.
 * @throws NotFound when the class does not learn this lesson
 */
export async function move(
	db: Database,
	{ of, by }: { of: MovableClass; by: PersonActor },
	lessonId?: string
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const all = await queries.heldByClass(step, of.id);
		const wanted = all.filter((row) => lessonId === undefined || row.lessonId === lessonId);
		if (lessonId !== undefined && wanted.length === 0) throw new NotFound();
		for (const row of wanted) {
			const newest = await versions.newest(step, row.lessonId);
			if (!newest || newest.number <= row.number) continue;
			const to = { classId: of.id, lessonId: row.lessonId, versionId: newest.id };
			await queries.move(step, { ...to, by: by.id, at: now() });
		}
	});
}
