import type { ImportState } from '#lib/domain/course-archive.ts';
import type { Database } from '../database/database.ts';

export async function addImport(
	db: Database,
	row: { id: string; personId: string; fileName: string; sizeBytes: number; at: string }
): Promise<void> {
	await db
		.insertInto('course_import')
		.values({
			id: row.id,
			person_id: row.personId,
			file_name: row.fileName,
			size_bytes: row.sizeBytes,
			state: 'arriving',
			progress_permille: 0,
			created_at: row.at
		})
		.execute();
}

const imports = (db: Database) =>
	db
		.selectFrom('course_import')
		.leftJoin('course', 'course.id', 'course_import.course_id')
		.select([
			'course_import.id',
			'course_import.person_id as personId',
			'course_import.file_name as fileName',
			'course_import.size_bytes as sizeBytes',
			'course_import.state',
			'course_import.progress_permille as progressPermille',
			'course_import.problem',
			'course_import.course_id as courseId',
			'course_import.finished_at as finishedAt',
			'course.title as courseTitle'
		]);

export async function importById(db: Database, id: string) {
	const row = await imports(db).where('course_import.id', '=', id).executeTakeFirst();
	return row && { ...row, sizeBytes: Number(row.sizeBytes) };
}

export async function importsOf(db: Database, personId: string, limit: number) {
	const rows = await imports(db)
		.where('course_import.person_id', '=', personId)
		.orderBy('course_import.created_at', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

/** @returns whether it was in one of these states until now */
export async function move(
	db: Database,
	id: string,
	from: readonly ImportState[],
	to: {
		state: ImportState;
		progress_permille?: number;
		problem?: string;
		course_id?: string;
		finished_at?: string;
	}
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('course_import')
		.set(to)
		.where('id', '=', id)
		.where('state', 'in', [...from])
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

/** @returns whether it is still being read */
export async function setProgress(db: Database, id: string, permille: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('course_import')
		.set({ progress_permille: permille })
		.where('id', '=', id)
		.where('state', '=', 'reading')
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

export async function remove(db: Database, id: string): Promise<void> {
	await db.deleteFrom('course_import').where('id', '=', id).execute();
}

export const leftBefore = (db: Database, at: string, limit: number) =>
	db
		.selectFrom('course_import')
		.where('state', '=', 'arriving')
		.where('created_at', '<', at)
		.select('id')
		.limit(limit)
		.execute();
