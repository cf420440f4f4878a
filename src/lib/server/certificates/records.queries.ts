import type { Insertable } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

const records = (db: Database) =>
	db
		.selectFrom('skill_record as record')
		.innerJoin('person as by', 'by.id', 'record.recorded_by')
		.where('record.removed_at', 'is', null)
		.select(['record.id', 'record.person_id as personId', 'record.kind', 'record.title'])
		.select(['record.level', 'record.body', 'record.number', 'record.awarded_on as awardedOn'])
		.select(['record.copy_kind as copyKind', 'record.recorded_at as recordedAt'])
		.select('by.display_name as byName');

/** Newest award first. */
export const recordsOf = (db: Database, personId: string) =>
	records(db)
		.where('record.person_id', '=', personId)
		.orderBy('record.awarded_on', 'desc')
		.orderBy('record.id')
		.execute();

export const recordById = (db: Database, id: string) =>
	records(db).where('record.id', '=', id).executeTakeFirst();

export async function addRecord(
	db: Database,
	row: Insertable<Tables['skill_record']>
): Promise<void> {
	await db.insertInto('skill_record').values(row).execute();
}

/** @returns whether it was there */
export async function setRemoved(
	db: Database,
	{ id, personId, by, at }: { id: string; personId: string; by: string; at: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('skill_record')
		.set({ removed_by: by, removed_at: at })
		.where('id', '=', id)
		.where('person_id', '=', personId)
		.where('removed_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Somebody who learns in this class. */
export const traineeOf = (db: Database, classId: string, personId: string) =>
	db
		.selectFrom('enrolment')
		.innerJoin('person', 'person.id', 'enrolment.person_id')
		.innerJoin('class', 'class.id', 'enrolment.class_id')
		.where('enrolment.class_id', '=', classId)
		.where('enrolment.person_id', '=', personId)
		.select(['person.id as personId', 'person.display_name as displayName'])
		.select(['class.id as classId', 'class.title as classTitle'])
		.executeTakeFirst();
