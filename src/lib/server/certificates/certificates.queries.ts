import type { Database } from '../database/database.ts';

/** Published lessons of a course, and how many of them this person has completed. */
export async function completionOf(db: Database, personId: string, courseId: string) {
	const row = await db
		.selectFrom('course')
		.where('course.id', '=', courseId)
		.select((eb) => [
			'course.title',
			eb
				.selectFrom('lesson')
				.innerJoin('lesson_publication', 'lesson_publication.lesson_id', 'lesson.id')
				.where('lesson.course_id', '=', courseId)
				.where('lesson_publication.withdrawn_at', 'is', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('lessonCount'),
			eb
				.selectFrom('lesson')
				.innerJoin('lesson_publication', 'lesson_publication.lesson_id', 'lesson.id')
				.innerJoin('lesson_progress', 'lesson_progress.lesson_id', 'lesson.id')
				.where('lesson.course_id', '=', courseId)
				.where('lesson_publication.withdrawn_at', 'is', null)
				.where('lesson_progress.person_id', '=', personId)
				.where('lesson_progress.completed_at', 'is not', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('completedCount')
		])
		.executeTakeFirst();
	return (
		row && {
			title: row.title,
			lessonCount: Number(row.lessonCount),
			completedCount: Number(row.completedCount)
		}
	);
}

export async function addCertificate(
	db: Database,
	row: {
		id: string;
		number: string;
		personId: string;
		courseId: string;
		holderName: string;
		courseTitle: string;
		issuedAt: string;
	}
): Promise<void> {
	await db
		.insertInto('certificate')
		.values({
			id: row.id,
			number: row.number,
			person_id: row.personId,
			course_id: row.courseId,
			holder_name: row.holderName,
			course_title: row.courseTitle,
			issued_at: row.issuedAt
		})
		.execute();
}

const certificates = (db: Database) =>
	db
		.selectFrom('certificate')
		.select([
			'number',
			'person_id as personId',
			'course_id as courseId',
			'holder_name as holderName',
			'course_title as courseTitle',
			'issued_at as issuedAt',
			'revoked_at as revokedAt',
			'revoked_reason as revokedReason'
		]);

export const certificatesOf = (db: Database, personId: string) =>
	certificates(db).where('person_id', '=', personId).orderBy('issued_at', 'desc').execute();

export const certificateByNumber = (db: Database, number: string) =>
	certificates(db).where('number', '=', number).executeTakeFirst();
