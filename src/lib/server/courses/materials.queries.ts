import type { Database } from '../database/database.ts';
import type { LessonMaterialTable } from '../database/material-tables.ts';

export const yieldOf = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_yield')
		.where('lesson_id', '=', lessonId)
		.select(['count', 'product'])
		.executeTakeFirst();

export const materialRows = (db: Database, lessonId: string): Promise<LessonMaterialTable[]> =>
	db
		.selectFrom('lesson_material')
		.where('lesson_id', '=', lessonId)
		.selectAll()
		.orderBy('position')
		.execute();

export async function replaceYield(
	db: Database,
	lessonId: string,
	makes: { count: number; product: string } | undefined
): Promise<void> {
	await db.deleteFrom('lesson_yield').where('lesson_id', '=', lessonId).execute();
	if (makes)
		await db
			.insertInto('lesson_yield')
			.values({ lesson_id: lessonId, ...makes })
			.execute();
}

export async function replaceMaterials(
	db: Database,
	lessonId: string,
	rows: readonly LessonMaterialTable[]
): Promise<void> {
	await db.deleteFrom('lesson_material').where('lesson_id', '=', lessonId).execute();
	if (rows.length > 0)
		await db
			.insertInto('lesson_material')
			.values([...rows])
			.execute();
}
