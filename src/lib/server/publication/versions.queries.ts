import type { TeachingMode } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';

export async function addVersion(
	db: Database,
	row: {
		id: string;
		lessonId: string;
		number: number;
		title: string;
		teachingMode: TeachingMode;
		durationMs: number;
		demonstration: { id: string; digest: string };
		sign: { id: string; digest: string } | undefined;
		content: string;
		needs: string;
		whatChanged: string;
		publishedBy: string;
		publishedAt: string;
	}
): Promise<void> {
	await db
		.insertInto('lesson_version')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			number: row.number,
			title: row.title,
			teaching_mode: row.teachingMode,
			duration_ms: row.durationMs,
			demonstration_id: row.demonstration.id,
			demonstration_digest: row.demonstration.digest,
			sign_id: row.sign?.id ?? null,
			sign_digest: row.sign?.digest ?? null,
			content: row.content,
			needs: row.needs,
			what_changed: row.whatChanged,
			published_by: row.publishedBy,
			published_at: row.publishedAt,
			withheld_at: null
		})
		.execute();
}

/** Which files it has: they stay while it may be seen. */
export async function addAttachments(
	db: Database,
	versionId: string,
	attachments: readonly { id: string }[]
): Promise<void> {
	const rows = attachments.map(({ id }) => ({ version_id: versionId, attachment_id: id }));
	if (rows.length > 0) await db.insertInto('version_attachment').values(rows).execute();
}

const contents = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_version')
		.innerJoin('person', 'person.id', 'lesson_version.published_by')
		.where('lesson_id', '=', lessonId)
		.where('withheld_at', 'is', null)
		.select(['lesson_version.id', 'number', 'content', 'published_at as publishedAt'])
		.select('person.display_name as publishedBy');

/** The highest number there ever was: numbers are not given twice. */
export async function highestNumber(db: Database, lessonId: string): Promise<number> {
	const row = await db
		.selectFrom('lesson_version')
		.where('lesson_id', '=', lessonId)
		.select(({ fn }) => fn.max('number').as('number'))
		.executeTakeFirst();
	return Number(row?.number ?? 0);
}

/** The newest that may be seen. */
export const newestContent = (db: Database, lessonId: string) =>
	contents(db, lessonId).orderBy('number', 'desc').executeTakeFirst();

export const contentByNumber = (db: Database, lessonId: string, number: number) =>
	contents(db, lessonId).where('number', '=', number).executeTakeFirst();

/** What this person's classes see of it; the highest where she is in several. */
export const contentOfClasses = (db: Database, lessonId: string, personId: string) =>
	contents(db, lessonId)
		.where('lesson_version.id', 'in', (eb) =>
			eb
				.selectFrom('class_version')
				.innerJoin('enrolment', 'enrolment.class_id', 'class_version.class_id')
				.where('class_version.lesson_id', '=', lessonId)
				.where('enrolment.person_id', '=', personId)
				.select('class_version.version_id')
		)
		.orderBy('number', 'desc')
		.executeTakeFirst();

/** Every version with who and when, newest first. */
export const versionsOf = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_version')
		.innerJoin('person', 'person.id', 'lesson_version.published_by')
		.where('lesson_id', '=', lessonId)
		.select(['lesson_version.id', 'number', 'lesson_version.title'])
		.select(['what_changed as whatChanged', 'published_at as publishedAt', 'content'])
		.select(['person.display_name as publishedBy', 'withheld_at as withheldAt'])
		.orderBy('number', 'desc')
		.execute();

/** Ids of these videos that are on the disk. */
export async function filmsThere(db: Database, lessonId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('track')
		.where('lesson_id', '=', lessonId)
		.where('state', '=', 'ready')
		.select('id')
		.execute();
	return new Set(rows.map(({ id }) => id));
}

/** The classes of a course that have no version of this lesson yet get this one. */
export async function giveToClasses(
	db: Database,
	lesson: { id: string; courseId: string },
	versionId: string,
	at: string
): Promise<void> {
	const without = await db
		.selectFrom('class')
		.where('course_id', '=', lesson.courseId)
		.where('id', 'not in', (eb) =>
			eb
				.selectFrom('class_version')
				.where('class_version.lesson_id', '=', lesson.id)
				.select('class_version.class_id')
		)
		.select('id')
		.execute();
	if (without.length === 0) return;
	await db
		.insertInto('class_version')
		.values(
			without.map(({ id }) => ({
				...{ class_id: id, lesson_id: lesson.id, version_id: versionId },
				...{ set_by: null, set_at: at }
			}))
		)
		.execute();
}

/** A class that begins gets the newest of each lesson of its course. */
export async function giveNewest(
	db: Database,
	{ classId, courseId, at }: { classId: string; courseId: string; at: string }
): Promise<void> {
	const rows = await db
		.selectFrom('lesson_version')
		.innerJoin('lesson', 'lesson.id', 'lesson_version.lesson_id')
		.where('lesson.course_id', '=', courseId)
		.where('lesson_version.withheld_at', 'is', null)
		.select(['lesson_version.id', 'lesson_id as lessonId'])
		.orderBy('number')
		.execute();
	const newest = new Map(rows.map(({ id, lessonId }) => [lessonId, id]));
	if (newest.size === 0) return;
	await db
		.insertInto('class_version')
		.values(
			[...newest].map(([lessonId, versionId]) => ({
				...{ class_id: classId, lesson_id: lessonId, version_id: versionId },
				...{ set_by: null, set_at: at }
			}))
		)
		// A form pressed twice opens one class.
		.onConflict((conflict) => conflict.columns(['class_id', 'lesson_id']).doNothing())
		.execute();
}

/** From now on nobody may see what was published so far; the classes wait for another version. */
export async function withholdAll(db: Database, lessonId: string, at: string): Promise<void> {
	await db.deleteFrom('class_version').where('lesson_id', '=', lessonId).execute();
	await db
		.updateTable('lesson_version')
		.set({ withheld_at: at })
		.where('lesson_id', '=', lessonId)
		.where('withheld_at', 'is', null)
		.execute();
}

/** Lessons that were published before there were versions. */
export const publishedWithoutVersion = (db: Database) =>
	db
		.selectFrom('lesson_publication')
		.innerJoin('lesson', 'lesson.id', 'lesson_publication.lesson_id')
		.where('lesson_publication.withdrawn_at', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('lesson_version')
						.whereRef('lesson_version.lesson_id', '=', 'lesson.id')
						.select('lesson_version.id')
				)
			)
		)
		.select(['lesson.id', 'lesson.course_id as courseId'])
		.select(['published_by as publishedBy', 'published_at as publishedAt'])
		.execute();

/** What was watched so far was watched of these videos. */
export async function setFilms(db: Database, lessonId: string, films: string): Promise<void> {
	await db
		.updateTable('lesson_progress')
		.set({ films })
		.where('lesson_id', '=', lessonId)
		.where('films', 'is', null)
		.execute();
}
