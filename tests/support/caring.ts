/** What graduates say of their work, and what staff do about it. */
import type { CheckInInput, MonthInput } from '#lib/domain/aftercare.ts';
import { monthBefore, monthOf } from '#lib/domain/days.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as alarms from '#lib/server/aftercare/alarms.ts';
import * as checkIns from '#lib/server/aftercare/check-ins.ts';
import * as months from '#lib/server/aftercare/months.ts';
import type { Database } from '#lib/server/database/database.ts';
import { now } from '#lib/server/ids.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { aGraduate, anActivePlacement, aPerson, beganAt, daysAgo } from './placing.ts';

export const lastMonth = (): string => monthBefore(monthOf(now()));

/** All is well, unless said otherwise. */
export const aMonth = (over: Partial<MonthInput> = {}): MonthInput => ({
	...{ month: lastMonth(), worked: 'yes', paid: 'yes', moneyAsked: 'no', note: '' },
	...over
});

export const aCheckIn = (over: Partial<CheckInInput> = {}): CheckInInput => ({
	...{ day: 30, feeling: 'good', helps: [], note: '', agrees: false },
	...{ incomeYuan: null, hours: null },
	...over
});

/** He answers for himself, through his own door. */
export const say = async (
	db: Database,
	graduate: PersonActor,
	placementId: string,
	said: MonthInput,
	at?: string
): Promise<void> =>
	months.answer(db, await placements.forGraduate(db, graduate, placementId), said, at);

type Town = { staff: PersonActor; graduate: PersonActor; placementId: string };

/** He has said something of everything, and staff have done something about it. */
export async function aLookAfter(
	db: Database,
	{ staff, graduate, placementId }: Town
): Promise<void> {
	const colleague = await aPerson(db, 'staff');
	await say(db, graduate, placementId, aMonth({ moneyAsked: 'yes', note: `说明 ${graduate.id}` }));
	const own = await placements.forGraduate(db, graduate, placementId);
	const said = { feeling: 'bad', note: `说明 ${graduate.id}`, agrees: true, hours: 88 } as const;
	await checkIns.answer(db, own, aCheckIn(said));
	const money = await db
		.selectFrom('placement_alarm')
		.where('placement_id', '=', placementId)
		.where('kind', '=', 'money')
		.select('id')
		.executeTakeFirstOrThrow();
	const closing = await alarms.forClosing(db, colleague, money.id);
	await alarms.close(db, closing, `回答 ${graduate.id}`);
	const seen = await placements.forStaff(db, staff, placementId);
	await checkIns.seeTo(db, seen, { day: 30, note: `回答 ${graduate.id}` });
}

/** In a town: a check-in to answer, one alarm that is open, one that is closed, and somebody silent. */
export async function careAround(
	db: Database,
	{ staff, graduate, placementId }: Town
): Promise<void> {
	await beganAt(db, placementId, daysAgo(35));
	await say(db, graduate, placementId, aMonth({ paid: 'no', moneyAsked: 'yes', note: '要押金' }));
	const unpaid = await db
		.selectFrom('placement_alarm')
		.where('kind', '=', 'unpaid')
		.select('id')
		.executeTakeFirstOrThrow();
	const closing = await alarms.forClosing(db, staff, unpaid.id);
	await alarms.close(db, closing, '去了店里，工钱当天给了');
	const silent = await aGraduate(db, '示例同学');
	await anActivePlacement(db, { staff, graduate: silent }, { since: daysAgo(80) });
}
