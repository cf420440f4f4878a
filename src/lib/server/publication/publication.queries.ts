import type { Database } from '../database/database.ts';

export const currentPublication = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_publication')
		.innerJoin('person', 'person.id', 'lesson_publication.published_by')
		.where('lesson_id', '=', lessonId)
		.where('withdrawn_at', 'is', null)
		.select([
			'lesson_publication.published_at as publishedAt',
			'person.display_name as publishedBy'
		])
		.executeTakeFirst();

export async function addPublication(
	db: Database,
	row: { id: string; lessonId: string; publishedBy: string; publishedAt: string }
): Promise<void> {
	await db
		.insertInto('lesson_publication')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			published_by: row.publishedBy,
			published_at: row.publishedAt
		})
		.execute();
}

export async function withdrawPublication(
	db: Database,
	lessonId: string,
	withdrawn_by: string,
	withdrawn_at: string
): Promise<void> {
	await db
		.updateTable('lesson_publication')
		.set({ withdrawn_by, withdrawn_at })
		.where('lesson_id', '=', lessonId)
		.where('withdrawn_at', 'is', null)
		.execute();
}
