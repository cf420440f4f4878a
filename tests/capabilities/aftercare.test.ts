/** After-care: what graduates say themselves, what follows from it, and who may do what about it. */
import type { Kysely } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type Actor, type PersonActor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as care from '#lib/server/aftercare/care.ts';
import * as checkIns from '#lib/server/aftercare/check-ins.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import * as ownData from '#lib/server/own-data/own-data.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { aCheckIn, aMonth, lastMonth, say } from '../support/caring.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aGraduate,
	anActivePlacement,
	aPerson,
	aProposal,
	beganAt,
	daysAgo,
	step
} from '../support/placing.ts';

/** Noon there. */
const noonOf = (day: string) => `${day}T04:00:00.000Z`;
const CLOSED = new Conflict('month_closed');
const OVER = new Conflict('check_in_over');

onBothDatabases('after-care', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	let colleague: PersonActor;
	let graduate: PersonActor;
	let placementId: string;
	// A world for each test: what all staff have to do is one list.
	beforeEach(async () => {
		db ??= await open();
		for (const table of ['placement_alarm', 'check_in_income', 'income_consent'] as const)
			await db.deleteFrom(table).execute();
		for (const table of ['check_in_care', 'check_in', 'work_month', 'notification'] as const)
			await db.deleteFrom(table).execute();
		for (const table of ['placement_event', 'placement_ending', 'placement'] as const)
			await db.deleteFrom(table).execute();
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(1) })
			.execute();
		staff = await aPerson(db, 'staff', '王老师');
		colleague = await aPerson(db, 'staff', '赵老师');
		graduate = await aGraduate(db, '李静怡');
		placementId = await anActivePlacement(db, { staff, graduate }, { since: daysAgo(70) });
	});

	const own = () => placements.forGraduate(db, graduate, placementId);
	const seen = (by: PersonActor) => placements.forStaff(db, by, placementId);
	const tasks = async (at?: string) =>
		(await care.forStaff(db, colleague, at)).tasks.map((task) =>
			task.urgency === 'alarm' ? `${task.kind} ${task.about}` : task.urgency
		);
	const months = () => db.selectFrom('work_month').selectAll().orderBy('month').execute();

	test('nobody but the graduate can say that he works, was paid, or how he is', async () => {
		const others: Record<string, Actor> = {
			'who proposed the shop': staff,
			'a colleague of hers': colleague,
			'another graduate': await aGraduate(db),
			'an instructor': await aPerson(db, 'instructor'),
			'a visitor': VISITOR,
			'the system': SYSTEM
		};
		for (const [name, actor] of Object.entries(others))
			await expect(placements.forGraduate(db, actor, placementId), name).rejects.toThrow(NotFound);
		expect(await months()).toEqual([]);
		await say(db, graduate, placementId, aMonth());
		expect(await months()).toMatchObject([{ placement_id: placementId, worked: 'yes' }]);
	});

	test('one answer a month: said again, also on two phones at once, it takes the place of the first', async () => {
		await Promise.all([
			say(db, graduate, placementId, aMonth({ paid: 'not_yet' })),
			say(db, graduate, placementId, aMonth({ paid: 'not_yet' }))
		]);
		await say(db, graduate, placementId, aMonth({ paid: 'yes', note: '三千元' }));
		expect(await months()).toMatchObject([{ month: lastMonth(), paid: 'yes', note: '三千元' }]);
		const [month] = await care.monthsOfOwn(db, await own());
		expect(month).toMatchObject({ month: lastMonth(), isOver: true, answer: { paid: 'yes' } });
	});

	test('only this month and the last can be answered, only where he worked, after it ended too', async () => {
		const other = await anActivePlacement(
			db,
			{ staff, graduate },
			{ since: noonOf('2026-08-05'), name: '乙店' }
		);
		const at = noonOf('2026-10-20');
		for (const month of ['2026-07', '2026-08', '2026-11'])
			await expect(say(db, graduate, other, aMonth({ month }), at), month).rejects.toEqual(CLOSED);
		for (const month of ['2026-09', '2026-10'])
			await say(db, graduate, other, aMonth({ month }), at);
		const { placementId: notBegun } = await aProposal(db, { staff, graduate }, { name: '丙店' });
		await expect(say(db, graduate, notBegun, aMonth())).rejects.toEqual(CLOSED);

		await step(db, graduate, 'withdraw', placementId);
		await say(db, graduate, placementId, aMonth({ paid: 'no' }));
		expect(await tasks()).toContain(`unpaid ${lastMonth()}`);
	});

	test('what waits for him: the month that is over and the check-in, until he has answered', async () => {
		const waiting = async () => (await care.waitingFor(db, graduate)).get(placementId);
		expect(await waiting()).toEqual({
			...{ hasMonth: true, monthAsked: lastMonth(), hasCheckIn: true, isCheckInAsked: true },
			hasAgreedToIncome: false
		});
		await say(db, graduate, placementId, aMonth());
		await checkIns.answer(db, await own(), aCheckIn({ day: 60 }));
		expect(await waiting()).toEqual({
			...{ hasMonth: true, monthAsked: undefined, hasCheckIn: true, isCheckInAsked: false },
			hasAgreedToIncome: false
		});
		expect((await care.waitingFor(db, await aGraduate(db))).size).toBe(0);
	});

	test('the check-in that is due is answered, and answered anew; no earlier and no later one', async () => {
		for (const day of [30, 90] as const)
			await expect(checkIns.answer(db, await own(), aCheckIn({ day }))).rejects.toEqual(OVER);
		const said = aCheckIn({ day: 60, feeling: 'so_so', helps: ['signing'], note: '太吵' });
		await checkIns.answer(db, await own(), said);
		await checkIns.answer(db, await own(), {
			...said,
			feeling: 'good',
			helps: ['signing', 'visit']
		});
		expect(await care.checkInOfOwn(db, await own())).toMatchObject({
			due: { day: 60 },
			answer: { feeling: 'good', helps: ['signing', 'visit'], note: '太吵' },
			hasAgreed: false,
			kept: []
		});
		await step(db, graduate, 'withdraw', placementId);
		await expect(checkIns.answer(db, await own(), said)).rejects.toEqual(OVER);
	});

	test('income is kept only where he agrees, and gone at once when he takes that back', async () => {
		const numbers = { day: 60, incomeYuan: 3200, hours: 88 } as const;
		await expect(checkIns.answer(db, await own(), aCheckIn(numbers))).rejects.toThrow(Invalid);
		expect(await db.selectFrom('check_in').selectAll().execute()).toEqual([]);

		await checkIns.answer(db, await own(), aCheckIn({ ...numbers, agrees: true }));
		await checkIns.answer(db, await own(), aCheckIn({ ...numbers, hours: null }));
		const income = () => db.selectFrom('check_in_income').selectAll().execute();
		expect(await income()).toMatchObject([{ income_yuan: 3200, hours: null }]);
		const { checkIns: shown } = await care.ofPlacement(db, await seen(staff));
		expect(shown.find(({ day }) => day === 60)?.answer).toMatchObject({ incomeYuan: 3200 });

		await checkIns.takeIncomeBack(db, await own());
		expect(await income()).toEqual([]);
		expect((await care.checkInOfOwn(db, await own())).answer).toMatchObject({ incomeYuan: null });
		expect(await db.selectFrom('income_consent').selectAll().execute()).toMatchObject([
			{ withdrawn_at: expect.any(String) }
		]);
		// The consent of before does not count any more; a new one does.
		await expect(checkIns.answer(db, await own(), aCheckIn(numbers))).rejects.toThrow(Invalid);
		await checkIns.answer(db, await own(), aCheckIn({ ...numbers, agrees: true }));
		expect(await income()).toHaveLength(1);
	});

	test('numbers that he leaves out are deleted; the rest of his answer stays', async () => {
		await checkIns.answer(db, await own(), aCheckIn({ day: 60, incomeYuan: 1, agrees: true }));
		await checkIns.answer(db, await own(), aCheckIn({ day: 60, feeling: 'so_so' }));
		expect(await db.selectFrom('check_in_income').selectAll().execute()).toEqual([]);
		expect((await care.checkInOfOwn(db, await own())).answer).toMatchObject({ feeling: 'so_so' });
	});

	test('staff have a check-in to do until one of them has seen to it; it is no answer of his', async () => {
		expect(await tasks()).toEqual(['due', 'unanswered']);
		await checkIns.seeTo(db, await seen(staff), { day: 60, note: '去了店里' });
		await expect(checkIns.seeTo(db, await seen(colleague), { day: 60, note: '' })).rejects.toEqual(
			new Conflict('check_in_seen')
		);
		await expect(checkIns.seeTo(db, await seen(colleague), { day: 30, note: '' })).rejects.toEqual(
			OVER
		);
		expect(await tasks()).toEqual(['unanswered']);
		const { checkIns: shown } = await care.ofPlacement(db, await seen(colleague));
		expect(shown.filter(({ isOver }) => isOver).map(({ day }) => day)).toEqual([30]);
		expect(shown.find(({ day }) => day === 60)).toMatchObject({
			isDue: true,
			seen: { note: '去了店里', doneByName: '王老师' },
			answer: undefined
		});
	});

	test('one list for staff, the most urgent first; who has left is no longer on it', async () => {
		const late = await anActivePlacement(
			db,
			{ staff, graduate: await aGraduate(db) },
			{ since: daysAgo(50), name: '丁店' }
		);
		expect(await tasks()).toEqual(['overdue', 'due', 'unanswered', 'unanswered']);
		await say(db, graduate, placementId, aMonth({ moneyAsked: 'yes' }));
		await checkIns.answer(db, await own(), aCheckIn({ day: 60, feeling: 'bad' }));
		expect(await tasks()).toEqual([
			...[`money ${lastMonth()}`, 'bad 60', 'overdue', 'due', 'unanswered']
		]);
		await placements.end(db, await placements.forStaff(db, staff, late), {
			...{ reason: 'season_over', note: '' }
		});
		await step(db, graduate, 'withdraw', placementId);
		// What was alarming stays until somebody has looked into it.
		expect(await tasks()).toEqual([`money ${lastMonth()}`, 'bad 60']);
	});

	test('a trial is work: he is asked from its first day, and staff look after him', async () => {
		const tried = await aGraduate(db);
		const { placementId: id } = await aProposal(db, { staff, graduate: tried }, { name: '己店' });
		await step(db, tried, 'consent', id);
		await step(db, staff, 'introduce', id);
		expect((await care.waitingFor(db, tried)).size).toBe(0);
		await step(db, staff, 'begin_trial', id);
		await beganAt(db, id, daysAgo(70));
		expect((await care.waitingFor(db, tried)).get(id)).toMatchObject({
			...{ monthAsked: lastMonth(), isCheckInAsked: true }
		});
		await say(db, tried, id, aMonth({ paid: 'no' }));
		expect(await tasks()).toEqual([`unpaid ${lastMonth()}`, 'due', 'due', 'unanswered']);
		// That the trial went well does not begin it all anew.
		await step(db, staff, 'activate', id);
		expect((await care.waitingFor(db, tried)).get(id)).toMatchObject({ hasCheckIn: true });
	});

	test('his numbers are his to take back after it is over, too', async () => {
		await checkIns.answer(db, await own(), aCheckIn({ day: 60, hours: 80, agrees: true }));
		await step(db, graduate, 'withdraw', placementId);
		expect((await care.waitingFor(db, graduate)).get(placementId)).toMatchObject({
			...{ hasCheckIn: false, hasAgreedToIncome: true }
		});
		await checkIns.takeIncomeBack(db, await own());
		expect((await care.waitingFor(db, graduate)).get(placementId)).toMatchObject({
			hasAgreedToIncome: false
		});
		expect(await db.selectFrom('check_in_income').selectAll().execute()).toEqual([]);
	});

	test('only staff see it, and nobody of them what is about herself', async () => {
		for (const actor of [graduate, await aPerson(db, 'instructor'), VISITOR, SYSTEM]) {
			await expect(care.forStaff(db, actor)).rejects.toThrow(NotAllowed);
			await expect(placements.forStaff(db, actor, placementId)).rejects.toThrow(NotFound);
		}
		const both: PersonActor = { ...graduate, roles: ['trainee', 'staff'] };
		expect((await care.forStaff(db, both)).tasks).toEqual([]);
		await expect(placements.forStaff(db, both, placementId)).rejects.toThrow(NotFound);
	});

	test('where work has not begun there is nothing to see', async () => {
		const { placementId: id } = await aProposal(db, { staff, graduate }, { name: '戊店' });
		await expect(care.ofPlacement(db, await placements.forStaff(db, staff, id))).rejects.toThrow(
			NotFound
		);
		const proposed = await placements.forGraduate(db, graduate, id);
		await expect(care.monthsOfOwn(db, proposed)).rejects.toThrow(NotFound);
		await expect(care.checkInOfOwn(db, proposed)).rejects.toThrow(NotFound);
	});

	test('all of it is hers to take home, without who looked after it', async () => {
		await say(db, graduate, placementId, aMonth({ moneyAsked: 'yes' }));
		await checkIns.answer(db, await own(), aCheckIn({ day: 60, hours: 3, agrees: true }));
		await checkIns.seeTo(db, await seen(staff), { day: 60, note: '去了店里' });
		const { placements: held } = await ownData.everythingOf(db, graduate);
		expect(Object.keys(held)).toEqual(
			expect.arrayContaining([
				...['work_month', 'check_in', 'check_in_care', 'check_in_income'],
				...['income_consent', 'placement_alarm']
			])
		);
		for (const { id } of [staff, colleague]) expect(JSON.stringify(held)).not.toContain(id);
	});
});
