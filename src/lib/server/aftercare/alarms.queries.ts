import type { Alarm } from '#lib/domain/aftercare.ts';
import type { Database } from '../database/database.ts';

/** @returns false when the same one is open already */
export async function addAlarm(
	db: Database,
	row: Alarm & { id: string; placementId: string; raisedTo: string | null; at: string }
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('placement_alarm')
		.values({
			...{ id: row.id, placement_id: row.placementId, kind: row.kind, about: row.about },
			...{ raised_at: row.at, raised_to: row.raisedTo },
			...{ closed_at: null, closed_by: null, closed_note: null }
		})
		.onConflict((conflict) =>
			conflict.columns(['placement_id', 'kind', 'about']).where('closed_at', 'is', null).doNothing()
		)
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

const alarms = (db: Database) =>
	db
		.selectFrom('placement_alarm as alarm')
		.innerJoin('placement', 'placement.id', 'alarm.placement_id')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.innerJoin('person as graduate', 'graduate.id', 'placement.person_id')
		.leftJoin('person as second', 'second.id', 'alarm.raised_to')
		.leftJoin('person as closer', 'closer.id', 'alarm.closed_by')
		.select(['alarm.id', 'alarm.placement_id as placementId', 'alarm.kind', 'alarm.about'])
		.select(['placement.person_id as personId', 'graduate.display_name as graduateName'])
		.select('storefront.name as shopName')
		.select(['alarm.raised_at as raisedAt', 'alarm.raised_to as raisedTo'])
		.select(['second.display_name as raisedToName', 'closer.display_name as closedByName'])
		.select(['alarm.closed_at as closedAt', 'alarm.closed_note as closedNote']);

export const alarmById = (db: Database, id: string) =>
	alarms(db).where('alarm.id', '=', id).executeTakeFirst();

/** The newest first. */
export const alarmsOf = (db: Database, placementId: string) =>
	alarms(db)
		.where('alarm.placement_id', '=', placementId)
		.orderBy('alarm.raised_at', 'desc')
		.orderBy('alarm.id')
		.execute();

/** All that one graduate's placements have raised, the newest first. */
export const alarmsOfPerson = (db: Database, personId: string) =>
	alarms(db)
		.where('placement.person_id', '=', personId)
		.orderBy('alarm.raised_at', 'desc')
		.orderBy('alarm.id')
		.execute();

export const openAlarms = (db: Database) =>
	alarms(db).where('alarm.closed_at', 'is', null).orderBy('alarm.raised_at').execute();

/** What was closed last, first. */
export const closedAlarms = (db: Database, limit: number) =>
	alarms(db)
		.where('alarm.closed_at', 'is not', null)
		.orderBy('alarm.closed_at', 'desc')
		.orderBy('alarm.id')
		.limit(limit)
		.execute();

/** Whether it was ever raised, open or closed. */
export async function wasRaised(
	db: Database,
	placementId: string,
	{ kind, about }: Alarm
): Promise<boolean> {
	const found = await db
		.selectFrom('placement_alarm')
		.where('placement_id', '=', placementId)
		.where('kind', '=', kind)
		.where('about', '=', about)
		.select('id')
		.executeTakeFirst();
	return found !== undefined;
}

/** @returns false when somebody has closed it before */
export async function closeAlarm(
	db: Database,
	id: string,
	by: { personId: string; note: string; at: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('placement_alarm')
		.set({ closed_at: by.at, closed_by: by.personId, closed_note: by.note })
		.where('id', '=', id)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}
