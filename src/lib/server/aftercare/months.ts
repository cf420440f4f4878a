/**
 * Evidence of real work: what a graduate says of each month himself. Answers take an `OwnPlacement`,
 * which nobody gets but he: neither shop nor staff can say it for him.
 */
import { alarmsOfMonth, type MonthInput, openMonths } from '#lib/domain/aftercare.ts';
import type { Database } from '../database/database.ts';
import { Conflict } from '../errors.ts';
import { now } from '../ids.ts';
import type { OwnPlacement } from '../placements/placements.ts';
import * as alarms from './alarms.ts';
import { hasBegun, linkOf } from './links.queries.ts';
import * as queries from './months.queries.ts';

/**
 * Whether he worked, was paid, and was asked for money, in this month or the last; said again it
 * takes the place of what he said before. What alarms is told at once, and stays told.
 * @throws Conflict 'month_closed' for any other month, or when he did not work there then
 */
export const answer = (
	db: Database,
	own: OwnPlacement,
	said: MonthInput,
	at = now()
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const link = await linkOf(step, own.id);
		if (!hasBegun(link) || !openMonths(link, at).includes(said.month))
			throw new Conflict('month_closed');
		const before = (await queries.answersOf(step, own.id)).find(
			({ month }) => month === said.month
		);
		await queries.putAnswer(step, { placementId: own.id, ...said, at });
		const known = before ? alarmsOfMonth(before) : [];
		const isNew = ({ kind }: { kind: string }) => !known.some((one) => one.kind === kind);
		await alarms.raise(step, link, alarmsOfMonth(said).filter(isNew), at);
	});
