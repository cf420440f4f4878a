import type { Database } from '../database/database.ts';

export async function addRoster(
	db: Database,
	row: {
		id: string;
		classId: string;
		fileName: string;
		lines: string;
		leftOut: string;
		by: string;
		at: string;
	}
): Promise<void> {
	await db
		.insertInto('roster')
		.values({
			id: row.id,
			class_id: row.classId,
			file_name: row.fileName,
			lines: row.lines,
			left_out: row.leftOut,
			uploaded_by: row.by,
			uploaded_at: row.at,
			imported_by: null,
			imported_at: null,
			new_count: null,
			joined_count: null
		})
		.execute();
}

export const rosterById = (db: Database, classId: string, id: string) =>
	db
		.selectFrom('roster')
		.where('id', '=', id)
		.where('class_id', '=', classId)
		.select(['id', 'file_name as fileName', 'lines', 'left_out as leftOut'])
		.select(['uploaded_at as uploadedAt', 'imported_at as importedAt'])
		.select(['new_count as newCount', 'joined_count as joinedCount'])
		.executeTakeFirst();

/** What was imported into a class, by whom and when; the newest first. */
export const importsOf = (db: Database, classId: string) =>
	db
		.selectFrom('roster')
		.innerJoin('person', 'person.id', 'roster.imported_by')
		.where('class_id', '=', classId)
		.select(['roster.id', 'file_name as fileName', 'imported_at as importedAt'])
		.select(['new_count as newCount', 'joined_count as joinedCount'])
		.select('person.display_name as importedBy')
		.orderBy('imported_at', 'desc')
		.execute();

export async function setImported(
	db: Database,
	id: string,
	done: { by: string; at: string; lines: string; newCount: number; joinedCount: number }
): Promise<void> {
	await db
		.updateTable('roster')
		.set({ imported_by: done.by, imported_at: done.at, lines: done.lines })
		.set({ new_count: done.newCount, joined_count: done.joinedCount })
		.where('id', '=', id)
		.execute();
}

/** Names and numbers of whoever is in a class. */
export const namesInClass = (db: Database, classId: string) =>
	db
		.selectFrom('enrolment')
		.innerJoin('person', 'person.id', 'enrolment.person_id')
		.leftJoin('person_number', 'person_number.person_id', 'person.id')
		.where('enrolment.class_id', '=', classId)
		.select(['person.id as personId', 'person.display_name as name', 'person_number.number'])
		.execute();

/** What was read of files is not kept longer than the work on it. */
export async function forgetLines(db: Database, before: string): Promise<void> {
	await db
		.deleteFrom('roster')
		.where('imported_at', 'is', null)
		.where('uploaded_at', '<', before)
		.execute();
	await db
		.updateTable('roster')
		.set({ lines: '[]' })
		.where('uploaded_at', '<', before)
		.where('lines', '<>', '[]')
		.execute();
}
