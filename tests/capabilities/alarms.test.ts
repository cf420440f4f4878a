/** Alarms: who hears of them, who closes them, and what time brings by itself. */
import type { Kysely } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { monthOf } from '#lib/domain/days.ts';
import { type Actor, type PersonActor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as alarms from '#lib/server/aftercare/alarms.ts';
import * as care from '#lib/server/aftercare/care.ts';
import * as checkIns from '#lib/server/aftercare/check-ins.ts';
import { tellWhatIsDue } from '#lib/server/aftercare/reminders.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { aCheckIn, aMonth, lastMonth, say } from '../support/caring.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aGraduate,
	anActivePlacement,
	aPerson,
	aProposal,
	daysAgo,
	giveCertificate,
	step
} from '../support/placing.ts';

const NOT_POSSIBLE = new Conflict('step_not_possible');
/** Noon there. */
const noonOf = (day: string) => `${day}T04:00:00.000Z`;

onBothDatabases('alarms', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	let colleague: PersonActor;
	let graduate: PersonActor;
	let placementId: string;
	beforeEach(async () => {
		db ??= await open();
		await db.deleteFrom('placement_alarm').execute();
		await db.updateTable('placement').set({ state: 'ended', showing: 'hidden' }).execute();
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(1) })
			.execute();
		staff = await aPerson(db, 'staff', '王老师');
		colleague = await aPerson(db, 'staff', '赵老师');
		graduate = await aGraduate(db, '李静怡');
		placementId = await anActivePlacement(db, { staff, graduate }, { since: daysAgo(70) });
		await db.deleteFrom('notification').execute();
	});

	const raised = () =>
		db.selectFrom('placement_alarm').selectAll().orderBy('raised_at').orderBy('kind').execute();
	const told = async (who: PersonActor) =>
		(await notifications.unreadOf(db, who)).map(({ kind }) => kind).sort();
	const sayThat = (over: Parameters<typeof aMonth>[0], at?: string) =>
		say(db, graduate, placementId, aMonth(over), at);
	async function close(by: PersonActor, note = '打了报警电话') {
		const [alarm] = (await raised()).filter(({ closed_at }) => closed_at === null);
		await alarms.close(db, await alarms.forClosing(db, by, alarm?.id ?? ''), note);
	}

	test('a demand for money is raised to a second member of staff, not to who proposed the shop', async () => {
		await sayThat({ moneyAsked: 'yes' });
		expect(await raised()).toMatchObject([
			{ kind: 'money', about: lastMonth(), raised_to: colleague.id, closed_at: null }
		]);
		expect(await told(colleague)).toEqual(['alarm_raised']);
		for (const nobody of [staff, graduate]) expect(await told(nobody)).toEqual([]);
	});

	test('of several, to the one with the fewest open alarms; never to the graduate himself', async () => {
		const third = await aPerson(db, 'staff');
		const herself = await aPerson(db, 'staff');
		await giveCertificate(db, herself);
		const link = await anActivePlacement(db, { staff, graduate: herself }, { name: '丙店' });
		const of = { id: link, personId: herself.id, graduateName: herself.displayName };
		for (const kind of ['money', 'unpaid', 'unseen', 'bad'] as const)
			await alarms.raise(db, of, [{ kind, about: lastMonth() }], daysAgo(0));
		const counts = Map.groupBy(await raised(), ({ raised_to }) => raised_to);
		expect([...counts.keys()].sort()).toEqual([colleague.id, third.id].sort());
		expect([...counts.values()].map(({ length }) => length)).toEqual([2, 2]);
	});

	test('where there is nobody else it is raised to all, and the one there is closes it', async () => {
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(0) })
			.where('person_id', '=', colleague.id)
			.execute();
		await sayThat({ paid: 'no' });
		expect(await raised()).toMatchObject([{ kind: 'unpaid', raised_to: null }]);
		expect(await told(staff)).toEqual(['alarm_raised']);
		await close(staff);
		expect((await raised())[0]).toMatchObject({ closed_by: staff.id });
	});

	test('who proposed the shop does not close it; a colleague does, with what was done, once', async () => {
		await sayThat({ moneyAsked: 'yes' });
		const [{ id } = { id: '' }] = await raised();
		const others: Actor[] = [staff, graduate, await aPerson(db, 'instructor'), VISITOR, SYSTEM];
		for (const actor of others)
			await expect(alarms.forClosing(db, actor, id)).rejects.toThrow(NotFound);
		const closing = await alarms.forClosing(db, colleague, id);
		await alarms.close(db, closing, '和店主谈了，退了押金');
		await expect(alarms.close(db, closing, '又一次')).rejects.toEqual(new Conflict('alarm_closed'));
		const { tasks, closed } = await care.forStaff(db, staff);
		expect(tasks.filter(({ urgency }) => urgency === 'alarm')).toEqual([]);
		expect(closed).toMatchObject([
			{ closedNote: '和店主谈了，退了押金', closedByName: '赵老师', graduateName: '李静怡' }
		]);
	});

	test('what he takes back stays raised, and what he says again after it was closed is raised anew', async () => {
		await sayThat({ moneyAsked: 'yes' });
		await sayThat({ moneyAsked: 'no' });
		expect(await raised()).toHaveLength(1);
		await sayThat({ moneyAsked: 'yes' });
		expect(await raised()).toHaveLength(1);
		await close(colleague);
		await sayThat({ moneyAsked: 'yes', note: '同样的话' });
		expect(await raised()).toHaveLength(1);
		await sayThat({ moneyAsked: 'no' });
		await sayThat({ moneyAsked: 'yes' });
		expect(await raised()).toHaveLength(2);
	});

	test('he reads what was done, and is told that it was', async () => {
		await sayThat({ moneyAsked: 'yes' });
		const helped = async () => (await care.helpFor(db, graduate)).get(placementId);
		expect(await helped()).toMatchObject([{ alarm: { kind: 'money' }, byName: null, note: '' }]);
		await close(colleague, '和店主谈了，退了押金');
		expect(await told(graduate)).toEqual(['alarm_closed']);
		const seen = await placements.forStaff(db, staff, placementId);
		await checkIns.seeTo(db, seen, { day: 60, note: '去了店里' }, daysAgo(-1));
		expect(await helped()).toMatchObject([
			{ day: 60, byName: '王老师', note: '去了店里' },
			{ alarm: { kind: 'money' }, byName: '赵老师', note: '和店主谈了，退了押金' }
		]);
		expect((await care.helpFor(db, staff)).size).toBe(0);
	});

	test('a demand for money is told with one press, before there is any work, and once', async () => {
		const asked = await aGraduate(db);
		const { placementId: id } = await aProposal(db, { staff, graduate: asked }, { name: '己店' });
		const own = () => placements.forGraduate(db, asked, id);
		await expect(alarms.reportMoney(db, await own())).rejects.toEqual(NOT_POSSIBLE);
		await step(db, asked, 'consent', id);
		const [one, other] = [await own(), await own()];
		await Promise.all([alarms.reportMoney(db, one), alarms.reportMoney(db, other)]);
		expect(await raised()).toMatchObject([{ kind: 'money', about: monthOf(now()) }]);
		const { tasks } = await care.forStaff(db, colleague);
		expect(tasks.filter(({ placement }) => placement.id === id)).toMatchObject([
			{ urgency: 'alarm', kind: 'money', raisedToName: '赵老师' }
		]);
		const shown = await care.ofPlacement(db, await placements.forStaff(db, colleague, id));
		expect(shown).toMatchObject({ months: [], checkIns: [], alarms: [{ kind: 'money' }] });
		await step(db, asked, 'withdraw', id);
		await expect(alarms.reportMoney(db, await own())).rejects.toEqual(NOT_POSSIBLE);
	});

	test('nobody can turn alarms off', async () => {
		await notifications.choose(db, colleague, {});
		const kinds = (await notifications.choicesOf(db, colleague)).map(({ kind }) => kind);
		expect(kinds).not.toContain('alarm_raised');
		await db
			.insertInto('notification_muted')
			.values({ person_id: colleague.id, kind: 'alarm_raised' })
			.execute();
		await sayThat({ moneyAsked: 'yes' });
		expect(await told(colleague)).toEqual(['alarm_raised']);
	});

	test('what goes wrong with one graduate holds up no other', async () => {
		const other = await aGraduate(db);
		const since = daysAgo(70);
		const id = await anActivePlacement(db, { staff, graduate: other }, { since, name: '庚店' });
		const [first] = [id, placementId].sort();
		const broken = { feeling: 'good', helps: 'not JSON', note: '', answered_at: now() } as const;
		await db
			.insertInto('check_in')
			.values({ placement_id: first ?? '', day: 60, ...broken })
			.execute();
		await expect(tellWhatIsDue(db)).rejects.toThrow(AggregateError);
		const [one, two] = first === id ? [other, graduate] : [graduate, other];
		expect(await told(one)).not.toContain('month_asked');
		expect(await told(two)).toContain('month_asked');
		await db
			.deleteFrom('check_in')
			.where('placement_id', '=', first ?? '')
			.execute();
	});

	test('two phones at once raise one', async () => {
		await Promise.all([sayThat({ moneyAsked: 'yes' }), sayThat({ moneyAsked: 'yes' })]);
		expect(await raised()).toHaveLength(1);
	});

	test('a "bad" face is raised, and "good" afterwards does not take it back', async () => {
		const own = await placements.forGraduate(db, graduate, placementId);
		await checkIns.answer(db, own, aCheckIn({ day: 60, feeling: 'bad' }));
		await checkIns.answer(db, own, aCheckIn({ day: 60, feeling: 'good' }));
		expect(await raised()).toMatchObject([{ kind: 'bad', about: '60', closed_at: null }]);
	});

	test('an alarm that cannot be kept takes the answer with it', async () => {
		await db.schema.alterTable('placement_alarm').renameTo('placement_alarm_away').execute();
		try {
			await expect(sayThat({ moneyAsked: 'yes' })).rejects.toThrow();
		} finally {
			await db.schema.alterTable('placement_alarm_away').renameTo('placement_alarm').execute();
		}
		const said = db.selectFrom('work_month').where('placement_id', '=', placementId);
		expect(await said.selectAll().execute()).toEqual([]);
	});

	/** At work since August, in which he has answered, and now it is October. */
	async function inOctober() {
		await db.updateTable('placement').set({ state: 'ended', showing: 'hidden' }).execute();
		const since = noonOf('2026-08-05');
		placementId = await anActivePlacement(db, { staff, graduate }, { since, name: '乙店' });
		await db.deleteFrom('notification').execute();
	}

	test('silence is raised by time, once; closed, it does not come back with the next hour', async () => {
		await inOctober();
		await tellWhatIsDue(db, noonOf('2026-10-10'));
		expect(await raised()).toEqual([]);
		for (const hour of ['00', '01', '02']) await tellWhatIsDue(db, `2026-10-11T${hour}:00:00.000Z`);
		expect(await raised()).toMatchObject([{ kind: 'unseen', about: '2026-09' }]);
		expect(await told(colleague)).toEqual(['alarm_raised']);
		await close(colleague);
		await tellWhatIsDue(db, noonOf('2026-10-12'));
		expect(await raised()).toHaveLength(1);
		// He says himself that there was no work: that is news.
		await sayThat({ month: '2026-09', worked: 'no' }, noonOf('2026-10-13'));
		expect(await raised()).toHaveLength(2);
	});

	test('pay that was "not yet" there is raised after fifteen days', async () => {
		await inOctober();
		await sayThat({ month: '2026-09', paid: 'not_yet' }, noonOf('2026-10-02'));
		await tellWhatIsDue(db, noonOf('2026-10-15'));
		expect(await raised()).toEqual([]);
		await tellWhatIsDue(db, noonOf('2026-10-16'));
		expect(await raised()).toMatchObject([{ kind: 'unpaid', about: '2026-09' }]);
	});

	test('a graduate is asked once, and who proposed the shop is told once, also after reading it', async () => {
		for (let hour = 0; hour < 3; hour++) await tellWhatIsDue(db);
		expect(await told(graduate)).toEqual(['check_in_asked', 'month_asked']);
		expect(await told(staff)).toEqual(['check_in_due']);
		for (const who of [graduate, staff]) await notifications.read(db, who);
		await tellWhatIsDue(db);
		for (const who of [graduate, staff]) expect(await told(who)).toEqual([]);
	});

	test('nobody is asked who has answered or left; where the proposer is gone her colleagues are told', async () => {
		await sayThat({});
		const own = await placements.forGraduate(db, graduate, placementId);
		await checkIns.answer(db, own, aCheckIn({ day: 60 }));
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(0) })
			.where('person_id', '=', staff.id)
			.execute();
		await tellWhatIsDue(db);
		expect(await told(graduate)).toEqual([]);
		expect(await told(staff)).toEqual([]);
		expect(await told(colleague)).toEqual(['check_in_due']);

		await db.deleteFrom('notification').execute();
		await step(db, graduate, 'withdraw', placementId);
		await db.deleteFrom('notification').execute();
		await tellWhatIsDue(db);
		for (const who of [graduate, colleague]) expect(await told(who)).toEqual([]);
	});
});
