import type { Outline } from '#lib/domain/outline.ts';
import type { Database } from '../database/database.ts';

export const unitsOf = (db: Database, courseId: string) =>
	db
		.selectFrom('course_unit')
		.where('course_id', '=', courseId)
		.select(['id', 'title'])
		.orderBy('position')
		.execute();

/** The lessons of a course in order, each with its unit. */
export const placesOf = (db: Database, courseId: string) =>
	db
		.selectFrom('lesson')
		.leftJoin('unit_lesson', 'unit_lesson.lesson_id', 'lesson.id')
		.where('lesson.course_id', '=', courseId)
		.select(['lesson.id as lessonId', 'unit_lesson.unit_id as unitId'])
		.orderBy('lesson.position')
		.execute();

export async function addUnit(
	db: Database,
	row: { id: string; courseId: string; title: string; position: number }
): Promise<void> {
	await db
		.insertInto('course_unit')
		.values({ id: row.id, course_id: row.courseId, title: row.title, position: row.position })
		.execute();
}

export async function renameUnit(
	db: Database,
	courseId: string,
	id: string,
	title: string
): Promise<void> {
	await db
		.updateTable('course_unit')
		.set({ title })
		.where('course_id', '=', courseId)
		.where('id', '=', id)
		.execute();
}

export async function removeUnit(db: Database, id: string): Promise<void> {
	await db.deleteFrom('course_unit').where('id', '=', id).execute();
}

/** Puts every unit and lesson of a course where the outline has it. */
export async function place(db: Database, outline: Outline): Promise<void> {
	let position = 0;
	for (const [index, { unitId, lessonIds }] of outline.entries()) {
		if (unitId !== null)
			await db
				.updateTable('course_unit')
				.set({ position: index })
				.where('id', '=', unitId)
				.execute();
		for (const lessonId of lessonIds) {
			position += 1;
			await db.updateTable('lesson').set({ position }).where('id', '=', lessonId).execute();
		}
	}
	const all = outline.flatMap(({ lessonIds }) => lessonIds);
	if (all.length > 0) await db.deleteFrom('unit_lesson').where('lesson_id', 'in', all).execute();
	const rows = outline.flatMap(({ unitId, lessonIds }) =>
		unitId === null ? [] : lessonIds.map((lesson_id) => ({ lesson_id, unit_id: unitId }))
	);
	if (rows.length > 0) await db.insertInto('unit_lesson').values(rows).execute();
}

export async function addToUnit(db: Database, lesson_id: string, unit_id: string): Promise<void> {
	await db.insertInto('unit_lesson').values({ lesson_id, unit_id }).execute();
}
