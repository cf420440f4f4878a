/** Check-ins: how a graduate is, so many days after his work began, and what staff did about it. */
import {
	alarmsOfCheckIn,
	checkInNow,
	type CheckInDay,
	type CheckInInput
} from '#lib/domain/aftercare.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, Invalid } from '../errors.ts';
import { newId, now } from '../ids.ts';
import type { OwnPlacement, StaffPlacement } from '../placements/placements.ts';
import * as alarms from './alarms.ts';
import * as queries from './check-ins.queries.ts';
import { hasBegun, linkOf } from './links.queries.ts';

/** @throws Conflict 'check_in_over' unless this is the check-in that is due */
async function dueLink(step: Database, placementId: string, day: CheckInDay, at: string) {
	const link = await linkOf(step, placementId);
	if (!hasBegun(link) || checkInNow(link, at)?.day !== day) throw new Conflict('check_in_over');
	return link;
}

/**
 * He says how he is; until the next check-in is due he may say it anew. "Bad" alarms at once.
 * @throws Conflict 'check_in_over' when another one is due by now, or none
 * @throws Invalid 'income_not_agreed' when he wrote numbers and has not agreed that they are kept
 */
export const answer = (
	db: Database,
	own: OwnPlacement,
	said: CheckInInput,
	at = now()
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const link = await dueLink(step, own.id, said.day, at);
		const before = (await queries.checkInsOf(step, own.id)).find(({ day }) => day === said.day);
		await queries.putCheckIn(step, { placementId: own.id, ...said, at });
		await keepIncome(step, own.id, said, at);
		if (before?.feeling !== said.feeling) await alarms.raise(step, link, alarmsOfCheckIn(said), at);
	});

async function keepIncome(
	step: Database,
	placementId: string,
	{ day, agrees, incomeYuan, hours }: CheckInInput,
	at: string
): Promise<void> {
	const hasNumbers = incomeYuan !== null || hours !== null;
	if (agrees) await queries.addConsent(step, { id: newId(), placementId, at });
	else if (hasNumbers && !(await queries.consentOf(step, placementId)))
		throw new Invalid({ agrees: 'income_not_agreed' });
	await queries.removeIncome(step, placementId, day);
	if (hasNumbers) await queries.addIncome(step, { placementId, day, incomeYuan, hours, at });
}

/** He no longer wants his income and hours kept: all of them are deleted, of this placement. */
export const takeIncomeBack = (db: Database, own: OwnPlacement, at = now()): Promise<void> =>
	db.transaction().execute(async (step) => {
		await queries.endConsent(step, own.id, at);
		await queries.removeIncome(step, own.id);
	});

/**
 * Staff have looked at the answer or, where there is none, gone to see him. It is no answer of his.
 * @throws Conflict 'check_in_over' when another one is due, 'check_in_seen' when a colleague has
 */
export async function seeTo(
	db: Database,
	placement: StaffPlacement,
	{ day, note }: { day: CheckInDay; note: string },
	at = now()
): Promise<void> {
	await dueLink(db, placement.id, day, at);
	try {
		await queries.addSeenTo(db, { placementId: placement.id, day, note, by: placement.by, at });
	} catch (error) {
		if (isUniqueViolation(error)) throw new Conflict('check_in_seen');
		throw error;
	}
}
