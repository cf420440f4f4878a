import type { CheckInDay, Feeling, Help } from '#lib/domain/aftercare.ts';
import { WORKING_STATES } from '#lib/domain/placements.ts';
import type { Database } from '../database/database.ts';

export async function checkInsOf(db: Database, placementId: string) {
	const rows = await db
		.selectFrom('check_in')
		.leftJoin('check_in_income as income', (join) =>
			join
				.onRef('income.placement_id', '=', 'check_in.placement_id')
				.onRef('income.day', '=', 'check_in.day')
		)
		.where('check_in.placement_id', '=', placementId)
		.select(['check_in.day', 'check_in.feeling', 'check_in.helps', 'check_in.note'])
		.select('check_in.answered_at as answeredAt')
		.select(['income.income_yuan as incomeYuan', 'income.hours'])
		.orderBy('check_in.day')
		.execute();
	return rows.map((row) => ({ ...row, helps: JSON.parse(row.helps) as Help[] }));
}

/** Which check-ins of whom were answered: of a person, or of all who work now. */
export function answered(db: Database, personId?: string) {
	const rows = db
		.selectFrom('check_in')
		.innerJoin('placement', 'placement.id', 'check_in.placement_id')
		.where('placement.state', 'in', WORKING_STATES)
		.select(['check_in.placement_id as placementId', 'check_in.day']);
	return (
		personId === undefined ? rows : rows.where('placement.person_id', '=', personId)
	).execute();
}

/** In place of what he answered to the same one before. */
export async function putCheckIn(
	db: Database,
	row: {
		placementId: string;
		day: CheckInDay;
		feeling: Feeling;
		helps: readonly Help[];
		note: string;
		at: string;
	}
): Promise<void> {
	const said = {
		...{ feeling: row.feeling, helps: JSON.stringify(row.helps) },
		...{ note: row.note, answered_at: row.at }
	};
	await db
		.insertInto('check_in')
		.values({ placement_id: row.placementId, day: row.day, ...said })
		.onConflict((conflict) => conflict.columns(['placement_id', 'day']).doUpdateSet(said))
		.execute();
}

/** Undefined where he has not agreed, or has taken it back. */
export const consentOf = (db: Database, placementId: string) =>
	db
		.selectFrom('income_consent')
		.where('placement_id', '=', placementId)
		.where('withdrawn_at', 'is', null)
		.select('given_at as givenAt')
		.executeTakeFirst();

/** Those of a person's placements of whose income and hours he has agreed that they are kept. */
export async function consentsOf(db: Database, personId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('income_consent')
		.innerJoin('placement', 'placement.id', 'income_consent.placement_id')
		.where('placement.person_id', '=', personId)
		.where('income_consent.withdrawn_at', 'is', null)
		.select('income_consent.placement_id as placementId')
		.execute();
	return rows.map(({ placementId }) => placementId);
}

/** Two presses at once give one. */
export async function addConsent(
	db: Database,
	row: { id: string; placementId: string; at: string }
): Promise<void> {
	await db
		.insertInto('income_consent')
		.values({ id: row.id, placement_id: row.placementId, given_at: row.at, withdrawn_at: null })
		.onConflict((conflict) =>
			conflict.column('placement_id').where('withdrawn_at', 'is', null).doNothing()
		)
		.execute();
}

export async function endConsent(db: Database, placementId: string, at: string): Promise<void> {
	await db
		.updateTable('income_consent')
		.set({ withdrawn_at: at })
		.where('placement_id', '=', placementId)
		.where('withdrawn_at', 'is', null)
		.execute();
}

/** @param day without it all of the placement's */
export async function removeIncome(
	db: Database,
	placementId: string,
	day?: CheckInDay
): Promise<void> {
	let rows = db.deleteFrom('check_in_income').where('placement_id', '=', placementId);
	if (day !== undefined) rows = rows.where('day', '=', day);
	await rows.execute();
}

export async function addIncome(
	db: Database,
	row: {
		placementId: string;
		day: CheckInDay;
		incomeYuan: number | null;
		hours: number | null;
		at: string;
	}
): Promise<void> {
	await db
		.insertInto('check_in_income')
		.values({
			...{ placement_id: row.placementId, day: row.day },
			...{ income_yuan: row.incomeYuan, hours: row.hours, kept_at: row.at }
		})
		.execute();
}

const care = (db: Database) =>
	db
		.selectFrom('check_in_care')
		.innerJoin('person', 'person.id', 'check_in_care.done_by')
		.select(['check_in_care.placement_id as placementId', 'check_in_care.day'])
		.select(['check_in_care.note', 'check_in_care.done_at as doneAt'])
		.select('person.display_name as doneByName');

export const seenToOf = (db: Database, placementId: string) =>
	care(db).where('check_in_care.placement_id', '=', placementId).execute();

/** What staff have done about the check-ins of one graduate. */
export const seenToOfPerson = (db: Database, personId: string) =>
	care(db)
		.innerJoin('placement', 'placement.id', 'check_in_care.placement_id')
		.where('placement.person_id', '=', personId)
		.execute();

/** Which check-ins staff have seen to, of all who work now. */
export const seenTo = (db: Database) =>
	db
		.selectFrom('check_in_care')
		.innerJoin('placement', 'placement.id', 'check_in_care.placement_id')
		.where('placement.state', 'in', WORKING_STATES)
		.select(['check_in_care.placement_id as placementId', 'check_in_care.day'])
		.execute();

export async function addSeenTo(
	db: Database,
	row: { placementId: string; day: CheckInDay; note: string; by: string; at: string }
): Promise<void> {
	await db
		.insertInto('check_in_care')
		.values({
			...{ placement_id: row.placementId, day: row.day, note: row.note },
			...{ done_by: row.by, done_at: row.at }
		})
		.execute();
}
