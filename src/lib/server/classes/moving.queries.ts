import type { Database } from '../database/database.ts';

/** Classes with the version they have of each lesson that is public. */
const held = (db: Database) =>
	db
		.selectFrom('class_version')
		.innerJoin('class', 'class.id', 'class_version.class_id')
		.innerJoin('lesson', 'lesson.id', 'class_version.lesson_id')
		.innerJoin('lesson_version', 'lesson_version.id', 'class_version.version_id')
		.innerJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.select(['class.id as classId', 'class.title as classTitle', 'class.closed_at as closedAt'])
		.select(['lesson.id as lessonId', 'lesson.title as lessonTitle', 'lesson_version.number'])
		.select((eb) => [
			eb
				.selectFrom('enrolment')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('traineeCount'),
			eb
				.selectFrom('enrolment')
				.innerJoin('lesson_progress', 'lesson_progress.person_id', 'enrolment.person_id')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.whereRef('lesson_progress.lesson_id', '=', 'lesson.id')
				.where('lesson_progress.completed_at', 'is not', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('completedCount'),
			eb
				.selectFrom('enrolment')
				.innerJoin('lesson_progress', 'lesson_progress.person_id', 'enrolment.person_id')
				.whereRef('enrolment.class_id', '=', 'class.id')
				.whereRef('lesson_progress.lesson_id', '=', 'lesson.id')
				.where('lesson_progress.completed_at', 'is', null)
				.where('lesson_progress.watched_ms', '>', 0)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('begunCount')
		]);

// PostgreSQL counts in bigint, which arrives as text.
const counted = <
	Row extends {
		traineeCount: number | null;
		completedCount: number | null;
		begunCount: number | null;
	}
>(
	rows: Row[]
) =>
	rows.map((row) => ({
		...row,
		traineeCount: Number(row.traineeCount),
		completedCount: Number(row.completedCount),
		begunCount: Number(row.begunCount)
	}));

/** What a class has, lesson by lesson in the course's order. */
export const heldByClass = async (db: Database, classId: string) =>
	counted(await held(db).where('class.id', '=', classId).orderBy('lesson.position').execute());

/** Which classes have which version of a lesson, newest class first. */
export const heldOfLesson = async (db: Database, lessonId: string) =>
	counted(
		await held(db).where('lesson.id', '=', lessonId).orderBy('class.created_at', 'desc').execute()
	);

/** Moves a class to a version; the videos it leaves stay for their week from now on. */
export async function move(
	db: Database,
	row: { classId: string; lessonId: string; versionId: string; by: string; at: string }
): Promise<void> {
	const left = await db
		.selectFrom('class_version')
		.innerJoin('lesson_version', 'lesson_version.id', 'class_version.version_id')
		.where('class_id', '=', row.classId)
		.where('class_version.lesson_id', '=', row.lessonId)
		.select(['demonstration_id as demonstrationId', 'sign_id as signId'])
		.executeTakeFirst();
	if (!left) return;
	await db
		.updateTable('class_version')
		.set({ version_id: row.versionId, set_by: row.by, set_at: row.at })
		.where('class_id', '=', row.classId)
		.where('lesson_id', '=', row.lessonId)
		.execute();
	await db
		.updateTable('track')
		.set({ replaced_at: row.at })
		.where('id', 'in', [left.demonstrationId, left.signId ?? ''])
		.where('replaced_at', 'is not', null)
		.execute();
}
