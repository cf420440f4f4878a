import type { ClassPart } from '#lib/domain/classes.ts';
import type { Database } from '../database/database.ts';

export const staffOf = (db: Database, classId: string) =>
	db
		.selectFrom('class_staff')
		.innerJoin('person', 'person.id', 'class_staff.person_id')
		.where('class_id', '=', classId)
		.select(['person.id', 'person.display_name as displayName', 'part'])
		.orderBy('person.display_name')
		.execute();

/** Leaves those who stay as they are, so that it is kept who added them. */
export async function setStaff(
	db: Database,
	given: { classId: string; part: ClassPart; ids: readonly string[]; by: string; at: string }
): Promise<void> {
	const { classId: class_id, part, ids } = given;
	await db
		.deleteFrom('class_staff')
		.where('class_id', '=', class_id)
		.where('part', '=', part)
		.$if(ids.length > 0, (rows) => rows.where('person_id', 'not in', ids))
		.execute();
	if (ids.length === 0) return;
	const added = { class_id, part, added_by: given.by, added_at: given.at };
	await db
		.insertInto('class_staff')
		.values(ids.map((person_id) => ({ ...added, person_id })))
		.onConflict((conflict) => conflict.columns(['class_id', 'person_id', 'part']).doNothing())
		.execute();
}
