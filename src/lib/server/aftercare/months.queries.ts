import type { MonthAnswer } from '#lib/domain/aftercare.ts';
import type { Database } from '../database/database.ts';

const answers = (db: Database) =>
	db
		.selectFrom('work_month')
		.select(['work_month.placement_id as placementId', 'work_month.month', 'work_month.worked'])
		.select(['work_month.paid', 'work_month.money_asked as moneyAsked', 'work_month.note'])
		.select('work_month.answered_at as answeredAt');

export const answersOf = (db: Database, placementId: string) =>
	answers(db).where('work_month.placement_id', '=', placementId).orderBy('month', 'desc').execute();

export const answersOfPerson = (db: Database, personId: string) =>
	answers(db)
		.innerJoin('placement', 'placement.id', 'work_month.placement_id')
		.where('placement.person_id', '=', personId)
		.execute();

/** What was said of one month, of all placements. */
export const answersOfMonth = (db: Database, month: string) =>
	answers(db).where('work_month.month', '=', month).execute();

/** In place of what he said of that month before. */
export async function putAnswer(
	db: Database,
	row: MonthAnswer & { placementId: string; note: string; at: string }
): Promise<void> {
	const said = {
		...{ worked: row.worked, paid: row.paid, money_asked: row.moneyAsked },
		...{ note: row.note, answered_at: row.at }
	};
	await db
		.insertInto('work_month')
		.values({ placement_id: row.placementId, month: row.month, ...said })
		.onConflict((conflict) => conflict.columns(['placement_id', 'month']).doUpdateSet(said))
		.execute();
}
