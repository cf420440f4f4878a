/** A course's units and the order of its lessons. */
import {
	isSameContent,
	MAX_UNITS,
	moved,
	type Outline,
	unitMoved,
	unitRemoved
} from '#lib/domain/outline.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import type { EditableCourse } from './courses.ts';
import type { EditableLesson } from './lessons.ts';
import * as queries from './outline.queries.ts';

/** The units' names are beside, because the outline is only about places. */
export async function ofCourse(
	db: Database,
	courseId: string
): Promise<{ outline: Outline; titles: ReadonlyMap<string, string> }> {
	const [units, places] = await Promise.all([
		queries.unitsOf(db, courseId),
		queries.placesOf(db, courseId)
	]);
	const lessonsIn = (unitId: string | null) =>
		places.filter((place) => place.unitId === unitId).map(({ lessonId }) => lessonId);
	const outline = [null, ...units.map(({ id }) => id)].map((unitId) => ({
		unitId,
		lessonIds: lessonsIn(unitId)
	}));
	return { outline, titles: new Map(units.map(({ id, title }) => [id, title])) };
}

/** Moves a lesson one place up or down; at the edge of the course nothing happens. */
export const moveLesson = (
	db: Database,
	lesson: EditableLesson,
	direction: 'up' | 'down'
): Promise<void> => change(db, lesson.courseId, (outline) => moved(outline, lesson.id, direction));

/** Moves a unit with its lessons; at the edge nothing happens. */
export const moveUnit = (
	db: Database,
	course: EditableCourse,
	unitId: string,
	direction: 'up' | 'down'
): Promise<void> => change(db, course.id, (outline) => unitMoved(outline, unitId, direction));

/**
 * Lays the course out as it was dragged.
 * @throws Conflict when it has other units or lessons by now
 */
export const arrange = (db: Database, course: EditableCourse, wanted: Outline): Promise<void> =>
	change(db, course.id, (outline) => {
		if (!isSameContent(outline, wanted)) throw new Conflict('stale');
		return wanted;
	});

/**
 * Adds a unit at the end; the first one takes in all lessons there are.
 * @throws Invalid when there are `MAX_UNITS`
 */
export async function addUnit(
	db: Database,
	course: EditableCourse,
	title: string
): Promise<string> {
	const id = newId();
	await db.transaction().execute(async (step) => {
		const { outline } = await ofCourse(step, course.id);
		if (outline.length > MAX_UNITS)
			throw new Invalid({ title: { code: 'too_many_entries', values: { limit: MAX_UNITS } } });
		await queries.addUnit(step, { id, courseId: course.id, title, position: outline.length });
		if (outline.length > 1) return;
		const lessonIds = outline[0]?.lessonIds ?? [];
		await queries.place(step, [
			{ unitId: null, lessonIds: [] },
			{ unitId: id, lessonIds }
		]);
	});
	return id;
}

export const renameUnit = (
	db: Database,
	course: EditableCourse,
	{ unitId, title }: { unitId: string; title: string }
): Promise<void> => queries.renameUnit(db, course.id, unitId, title);

/** Takes a unit away; its lessons stay, at the end of what stands before. */
export const removeUnit = (db: Database, course: EditableCourse, unitId: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		const { outline } = await ofCourse(step, course.id);
		const without = unitRemoved(outline, unitId);
		if (without === outline) return;
		await queries.place(step, without);
		await queries.removeUnit(step, unitId);
	});

/** A new lesson belongs to the last unit, where there is one. */
export async function addAtEnd(db: Database, courseId: string, lessonId: string): Promise<void> {
	const last = (await queries.unitsOf(db, courseId)).at(-1);
	if (last) await queries.addToUnit(db, lessonId, last.id);
}

const change = (db: Database, courseId: string, by: (outline: Outline) => Outline): Promise<void> =>
	db.transaction().execute(async (step) => {
		const { outline } = await ofCourse(step, courseId);
		const wanted = by(outline);
		if (wanted !== outline) await queries.place(step, wanted);
	});
