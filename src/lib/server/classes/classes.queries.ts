import type { ClassRun } from '#lib/domain/classes.ts';
import { patternOf } from '#lib/domain/listing.ts';
import type { Database } from '../database/database.ts';
import type { Flag } from '../database/tables.ts';

/** What staff say of a class, besides its course. */
export type ClassColumns = Omit<ClassRun, 'instructorIds' | 'inChargeIds'> & { title: string };

const columnsOf = (given: ClassColumns) => ({
	title: given.title,
	starts_on: given.startsOn,
	ends_on: given.endsOn,
	is_online: given.where === 'online' ? (1 as const) : (0 as const),
	place: given.where === 'online' ? null : given.place,
	seats: given.seats
});

/** @returns false when it is there already */
export async function addClass(
	db: Database,
	row: ClassColumns & {
		id: string;
		courseId: string;
		joinCode: string;
		createdBy: string;
		createdAt: string;
	}
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('class')
		.values({
			id: row.id,
			course_id: row.courseId,
			...columnsOf(row),
			join_code: row.joinCode,
			created_by: row.createdBy,
			created_at: row.createdAt
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function changeClass(db: Database, id: string, given: ClassColumns): Promise<void> {
	await db.updateTable('class').set(columnsOf(given)).where('id', '=', id).execute();
}

export async function closeClass(db: Database, id: string, at: string): Promise<boolean> {
	const result = await db
		.updateTable('class')
		.set((eb) => ({ closed_at: eb.fn.coalesce('closed_at', eb.val(at)) }))
		.where('id', '=', id)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

const classRows = (db: Database) =>
	db
		.selectFrom('class')
		.innerJoin('course', 'course.id', 'class.course_id')
		.select([
			'class.id',
			'class.title',
			'class.join_code as joinCode',
			'class.closed_at as closedAt',
			'class.course_id as courseId',
			'course.title as courseTitle'
		])
		.select(['starts_on as startsOn', 'ends_on as endsOn', 'is_online as isOnline'])
		.select(['place', 'seats'])
		.select((eb) =>
			eb
				.selectFrom('enrolment')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('traineeCount')
		);

// PostgreSQL counts in bigint, which arrives as text.
const counted = <Row extends { traineeCount: number | null; isOnline: Flag }>({
	traineeCount,
	isOnline,
	...row
}: Row) => ({ ...row, traineeCount: Number(traineeCount), isOnline: isOnline === 1 });

export async function classes(db: Database) {
	const rows = await classRows(db)
		.select((eb) => [
			eb
				.selectFrom('enrolment')
				.innerJoin('certificate', 'certificate.person_id', 'enrolment.person_id')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.whereRef('certificate.course_id', '=', 'class.course_id')
				.where('certificate.revoked_at', 'is', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('graduateCount')
		])
		.orderBy('class.created_at', 'desc')
		.execute();
	return rows.map((row) => ({ ...counted(row), graduateCount: Number(row.graduateCount) }));
}

export async function classById(db: Database, id: string) {
	const row = await classRows(db).where('class.id', '=', id).executeTakeFirst();
	return row && counted(row);
}

export async function classByJoinCode(db: Database, code: string) {
	const row = await classRows(db).where('class.join_code', '=', code).executeTakeFirst();
	return row && counted(row);
}

type Place = { find: string; offset: number; limit: number };

/** Everybody enrolled, or those who are looked for by part of a name or number. */
const enrolledRows = (db: Database, classId: string, find: string) =>
	db
		.selectFrom('enrolment')
		.innerJoin('person', 'person.id', 'enrolment.person_id')
		.leftJoin('person_number', 'person_number.person_id', 'person.id')
		.where('enrolment.class_id', '=', classId)
		.$if(find !== '', (rows) =>
			rows.where((eb) =>
				eb.or([
					eb(eb.fn<string>('lower', ['person.display_name']), 'like', patternOf(find)),
					eb(eb.fn<string>('lower', ['person_number.number']), 'like', patternOf(find))
				])
			)
		);

export async function countOfTrainees(db: Database, classId: string, find: string) {
	const row = await enrolledRows(db, classId, find)
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(row.n);
}

/** With lessons completed and the certificate's number if there is one. */
export async function traineesOf(
	db: Database,
	classId: string,
	courseId: string,
	{ find, offset, limit }: Place
) {
	const rows = await enrolledRows(db, classId, find)
		.leftJoin('certificate', (join) =>
			join
				.onRef('certificate.person_id', '=', 'person.id')
				.on('certificate.course_id', '=', courseId)
				.on('certificate.revoked_at', 'is', null)
		)
		.select((eb) => [
			'person.id',
			'person.display_name as displayName',
			'enrolment.enrolled_at as enrolledAt',
			'certificate.number as certificateNumber',
			eb
				.selectFrom('lesson_progress')
				.innerJoin('lesson', 'lesson.id', 'lesson_progress.lesson_id')
				.whereRef('lesson_progress.person_id', '=', 'person.id')
				.where('lesson.course_id', '=', courseId)
				.where('lesson_progress.completed_at', 'is not', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('completedCount')
		])
		.orderBy('person.display_name')
		.orderBy('person.id')
		.limit(limit)
		.offset(offset)
		.execute();
	return rows.map((row) => ({ ...row, completedCount: Number(row.completedCount) }));
}

export async function publishedLessonCount(db: Database, courseId: string): Promise<number> {
	const row = await db
		.selectFrom('lesson_publication')
		.innerJoin('lesson', 'lesson.id', 'lesson_publication.lesson_id')
		.where('lesson.course_id', '=', courseId)
		.where('lesson_publication.withdrawn_at', 'is', null)
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(row.n);
}

/** A course in the archive takes no new classes. */
export async function takesClasses(db: Database, courseId: string): Promise<boolean> {
	const open = await db
		.selectFrom('course')
		.where('id', '=', courseId)
		.where('archived_at', 'is', null)
		.select('id')
		.executeTakeFirst();
	return open !== undefined && (await publishedLessonCount(db, courseId)) > 0;
}

/**
 * The class's row, written to without a change: whoever else wants its seats waits until this
 * transaction is over. (`for update` is not known to SQLite.)
 */
export const holdClass = (db: Database, id: string) =>
	db
		.updateTable('class')
		.set((eb) => ({ seats: eb.ref('seats') }))
		.where('id', '=', id)
		.returning(['seats', 'closed_at as closedAt'])
		.executeTakeFirst();

export async function enrolledIn(db: Database, classId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('enrolment')
		.where('class_id', '=', classId)
		.select('person_id as personId')
		.execute();
	return new Set(rows.map(({ personId }) => personId));
}

/** Rows in one statement: databases take no more values than this in one. */
export const ROWS_AT_ONCE = 500;

export async function enrol(
	db: Database,
	rows: readonly { id: string; classId: string; personId: string; at: string }[]
): Promise<void> {
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
		await db
			.insertInto('enrolment')
			.values(
				rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({
					id: row.id,
					class_id: row.classId,
					person_id: row.personId,
					enrolled_at: row.at
				}))
			)
			.execute();
}
