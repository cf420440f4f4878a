import type { Database } from '../database/database.ts';

export async function completionOf(db: Database, lessonId: string): Promise<string | null> {
	const row = await db
		.selectFrom('lesson')
		.where('id', '=', lessonId)
		.select('completion')
		.executeTakeFirst();
	return row?.completion ?? null;
}

export async function setCompletion(
	db: Database,
	lessonId: string,
	completion: string | null
): Promise<void> {
	await db.updateTable('lesson').set({ completion }).where('id', '=', lessonId).execute();
}
