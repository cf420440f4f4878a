/** All that a course consists of, read and written as rows. */
import type { Insertable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

const lessonsIn = (db: Database, courseId: string) =>
	db.selectFrom('lesson').where('course_id', '=', courseId).select('id');

/** In the order of the course, of a lesson, of time; replaced videos and takes left out. */
export async function rowsOfCourse(db: Database, courseId: string) {
	const ofLessons = lessonsIn(db, courseId);
	return {
		course: await db
			.selectFrom('course')
			.where('id', '=', courseId)
			.selectAll()
			.executeTakeFirstOrThrow(),
		course_unit: await db
			.selectFrom('course_unit')
			.where('course_id', '=', courseId)
			.selectAll()
			.orderBy('position')
			.execute(),
		lesson: await db
			.selectFrom('lesson')
			.where('course_id', '=', courseId)
			.selectAll()
			.orderBy('position')
			.execute(),
		unit_lesson: await db
			.selectFrom('unit_lesson')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.execute(),
		track: await db
			.selectFrom('track')
			.where('lesson_id', 'in', ofLessons)
			.where('replaced_at', 'is', null)
			.selectAll()
			.execute(),
		take: await db
			.selectFrom('take')
			.innerJoin('upload', 'upload.id', 'take.upload_id')
			.where('take.lesson_id', 'in', ofLessons)
			.where('take.replaced_at', 'is', null)
			.where('take.state', '=', 'ready')
			.selectAll('take')
			.select('upload.file_name')
			.orderBy('take.start_ms')
			.execute(),
		caption_track: await db
			.selectFrom('caption_track')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('language', 'desc')
			.orderBy('tier')
			.execute(),
		lesson_step: await db
			.selectFrom('lesson_step')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('position')
			.execute(),
		lesson_turn: await db
			.selectFrom('lesson_turn')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('start_ms')
			.execute(),
		action_area: await db
			.selectFrom('action_area')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('start_ms')
			.execute(),
		sign_section: await db
			.selectFrom('sign_section')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('lesson_ms')
			.execute(),
		lesson_yield: await db
			.selectFrom('lesson_yield')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.execute(),
		lesson_material: await db
			.selectFrom('lesson_material')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.orderBy('position')
			.execute(),
		lesson_practice: await db
			.selectFrom('lesson_practice')
			.where('lesson_id', 'in', ofLessons)
			.selectAll()
			.execute(),
		lesson_attachment: await db
			.selectFrom('lesson_attachment')
			.where('lesson_id', 'in', ofLessons)
			.where('removed_at', 'is', null)
			.selectAll()
			.orderBy('position')
			.execute(),
		composite: await db
			.selectFrom('composite')
			.where('lesson_id', 'in', ofLessons)
			.where('superseded_at', 'is', null)
			.where('state', '=', 'ready')
			.selectAll()
			.execute(),
		glossary_term: await db
			.selectFrom('glossary_term')
			.where('course_id', '=', courseId)
			.selectAll()
			.orderBy('position')
			.execute()
	};
}
export type CourseRows = Awaited<ReturnType<typeof rowsOfCourse>>;

type Written =
	| 'course'
	| 'course_instructor'
	| 'course_unit'
	| 'lesson'
	| 'unit_lesson'
	| 'upload'
	| 'track'
	| 'take'
	| 'caption_track'
	| 'lesson_step'
	| 'lesson_turn'
	| 'action_area'
	| 'sign_section'
	| 'lesson_yield'
	| 'lesson_material'
	| 'lesson_practice'
	| 'lesson_attachment'
	| 'composite'
	| 'glossary_term';
export type NewRows = { [T in Written]: Insertable<Tables[T]>[] };

/** A statement takes some 32,000 values at most (SQLite), a row has up to 21. */
const AT_ONCE = 500;

async function some<Row>(rows: readonly Row[], add: (rows: Row[]) => Promise<unknown>) {
	for (let from = 0; from < rows.length; from += AT_ONCE)
		await add(rows.slice(from, from + AT_ONCE));
}

/** Adds a course as a whole; call it in a transaction. */
export async function addRows(db: Database, rows: NewRows): Promise<void> {
	await some(rows.course, (of) => db.insertInto('course').values(of).execute());
	await some(rows.course_instructor, (of) =>
		db.insertInto('course_instructor').values(of).execute()
	);
	await some(rows.course_unit, (of) => db.insertInto('course_unit').values(of).execute());
	await some(rows.lesson, (of) => db.insertInto('lesson').values(of).execute());
	await some(rows.unit_lesson, (of) => db.insertInto('unit_lesson').values(of).execute());
	await some(rows.upload, (of) => db.insertInto('upload').values(of).execute());
	await some(rows.track, (of) => db.insertInto('track').values(of).execute());
	await some(rows.take, (of) => db.insertInto('take').values(of).execute());
	await some(rows.caption_track, (of) => db.insertInto('caption_track').values(of).execute());
	await some(rows.lesson_step, (of) => db.insertInto('lesson_step').values(of).execute());
	await some(rows.lesson_turn, (of) => db.insertInto('lesson_turn').values(of).execute());
	await some(rows.action_area, (of) => db.insertInto('action_area').values(of).execute());
	await some(rows.sign_section, (of) => db.insertInto('sign_section').values(of).execute());
	await some(rows.lesson_yield, (of) => db.insertInto('lesson_yield').values(of).execute());
	await some(rows.lesson_material, (of) => db.insertInto('lesson_material').values(of).execute());
	await some(rows.lesson_practice, (of) => db.insertInto('lesson_practice').values(of).execute());
	await some(rows.lesson_attachment, (of) =>
		db.insertInto('lesson_attachment').values(of).execute()
	);
	await some(rows.composite, (of) => db.insertInto('composite').values(of).execute());
	await some(rows.glossary_term, (of) => db.insertInto('glossary_term').values(of).execute());
}
