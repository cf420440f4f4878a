import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	alarmsOfCheckIn,
	alarmsOfMonth,
	alarmsOfTime,
	byUrgency,
	CHECK_IN_DAYS,
	CheckInForm,
	checkInNext,
	checkInNow,
	checkInsOf,
	type MonthAnswer,
	MonthForm,
	monthAsked,
	monthsOf,
	openMonths,
	type Task,
	tasksOf
} from '#lib/domain/aftercare.ts';
import {
	addDays,
	dayOf,
	endOfMonth,
	monthAfter,
	monthBefore,
	monthOf,
	startOf
} from '#lib/domain/days.ts';
import { Invalid } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';

/** Since the fifth of August; noon of a day in Shanghai is four in the morning in UTC. */
const AUGUST = { from: '2026-08-05T04:00:00.000Z', until: null };
const noonOf = (day: string) => `${day}T04:00:00.000Z`;
const said = (over: Partial<MonthAnswer> = {}): MonthAnswer => ({
	...{ month: '2026-09', worked: 'yes', paid: 'yes', moneyAsked: 'no' },
	...over
});

const anyInstant = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString());

describe('days and months', () => {
	test('a month before, after and its end, over the turn of a year and in leap years', () => {
		expect([monthAfter('2026-12'), monthBefore('2027-01')]).toEqual(['2027-01', '2026-12']);
		expect([endOfMonth('2028-02'), addDays('2028-02-28', 1)]).toEqual(['2028-03-01', '2028-02-29']);
	});

	test('the evening of the last day of a month there is not yet the next month here', () => {
		expect(monthOf('2026-11-30T15:59:59.999Z')).toBe('2026-11');
		expect(monthOf('2026-11-30T16:00:00.000Z')).toBe('2026-12');
		expect(dayOf(startOf('2026-12-01'))).toBe('2026-12-01');
		expect(startOf('2026-12-01')).toBe('2026-11-30T16:00:00.000Z');
	});

	test('months of work follow each other, from the one it began in to this one', () => {
		fc.assert(
			fc.property(anyInstant, anyInstant, (one, other) => {
				const [from = '', at = ''] = [one, other].sort();
				const months = monthsOf({ from, until: null }, at);
				expect([months[0], months.at(-1)]).toEqual([monthOf(from), monthOf(at)]);
				for (const [index, month] of months.slice(1).entries())
					expect(month).toBe(monthAfter(months[index] ?? ''));
			})
		);
	});
});

describe('what can be said of which month', () => {
	test('of this one and the last, if he worked there then', () => {
		expect(openMonths(AUGUST, noonOf('2026-08-20'))).toEqual(['2026-08']);
		expect(openMonths(AUGUST, noonOf('2026-10-01'))).toEqual(['2026-09', '2026-10']);
	});

	test('after it ended still of its last month, and then no more', () => {
		const over = { ...AUGUST, until: noonOf('2026-09-10') };
		expect(openMonths(over, noonOf('2026-09-30'))).toEqual(['2026-08', '2026-09']);
		expect(openMonths(over, noonOf('2026-10-31'))).toEqual(['2026-09']);
		expect(openMonths(over, noonOf('2026-11-01'))).toEqual([]);
	});

	test('asked for is the month that is over, while he works there', () => {
		expect(monthAsked(AUGUST, noonOf('2026-08-31'))).toBeUndefined();
		expect(monthAsked(AUGUST, noonOf('2026-09-01'))).toBe('2026-08');
		expect(monthAsked({ ...AUGUST, until: noonOf('2026-09-01') }, noonOf('2026-09-02'))).toBe(
			undefined
		);
	});
});

describe('what alarms', () => {
	const kinds = (answer: Partial<MonthAnswer>) =>
		alarmsOfMonth(said(answer)).map(({ kind }) => kind);

	test('a demand for money, pay that did not come, no work; the most urgent first', () => {
		expect(kinds({})).toEqual([]);
		expect(kinds({ paid: 'not_yet' })).toEqual([]);
		expect(kinds({ paid: 'no' })).toEqual(['unpaid']);
		expect(kinds({ moneyAsked: 'yes', paid: 'no' })).toEqual(['money', 'unpaid']);
		expect(kinds({ worked: 'no', paid: 'no' })).toEqual(['unseen']);
	});

	test('pay without work is the sign of a lent certificate: it alarms, however well he is paid', () => {
		expect(kinds({ worked: 'no', paid: 'yes' })).toEqual(['unseen']);
	});

	test('silence, from the tenth day after the month, and not a day before', () => {
		expect(alarmsOfTime(AUGUST, [], noonOf('2026-10-10'))).toEqual([]);
		expect(alarmsOfTime(AUGUST, [], noonOf('2026-10-11'))).toEqual([
			{ kind: 'unseen', about: '2026-09' }
		]);
		expect(alarmsOfTime(AUGUST, [said()], noonOf('2026-10-31'))).toEqual([]);
	});

	test('"not yet" for fifteen days; work that was not there is not paid', () => {
		const notYet = said({ paid: 'not_yet' });
		expect(alarmsOfTime(AUGUST, [notYet], noonOf('2026-10-15'))).toEqual([]);
		expect(alarmsOfTime(AUGUST, [notYet], noonOf('2026-10-16'))).toEqual([
			{ kind: 'unpaid', about: '2026-09' }
		]);
		expect(alarmsOfTime(AUGUST, [{ ...notYet, worked: 'no' }], noonOf('2026-10-16'))).toEqual([]);
	});

	test('nobody is pressed who has left, and "bad" is the only face that alarms', () => {
		const over = { ...AUGUST, until: noonOf('2026-10-02') };
		expect(alarmsOfTime(over, [], noonOf('2026-10-31'))).toEqual([]);
		expect(alarmsOfCheckIn({ day: 60, feeling: 'bad' })).toEqual([{ kind: 'bad', about: '60' }]);
		expect(alarmsOfCheckIn({ day: 60, feeling: 'so_so' })).toEqual([]);
	});
});

describe('check-ins', () => {
	test('are due 30, 60, 90 and 182 days after the work began, counted in days there', () => {
		expect(checkInsOf(AUGUST)).toEqual([
			{ day: 30, dueOn: '2026-09-04' },
			{ day: 60, dueOn: '2026-10-04' },
			{ day: 90, dueOn: '2026-11-03' },
			{ day: 182, dueOn: '2027-02-03' }
		]);
		// Begun at half past midnight there, which is the day before here.
		expect(checkInsOf({ from: '2026-08-04T16:30:00.000Z', until: null })[0]?.dueOn).toBe(
			'2026-09-04'
		);
	});

	test('from the first minute of the day, the last one that is due, and the next one after it', () => {
		expect(checkInNow(AUGUST, '2026-09-03T15:59:59.999Z')).toBeUndefined();
		expect(checkInNow(AUGUST, '2026-09-03T16:00:00.000Z')?.day).toBe(30);
		expect(checkInNow(AUGUST, noonOf('2026-11-20'))?.day).toBe(90);
		expect(checkInNow(AUGUST, noonOf('2030-01-01'))?.day).toBe(182);
		expect(checkInNow({ ...AUGUST, until: noonOf('2026-09-30') }, noonOf('2026-11-20'))).toBe(
			undefined
		);
	});

	test('at any moment the one that is due comes right before the one that is next', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
				const at = noonOf(addDays('2026-08-05', days));
				const due = CHECK_IN_DAYS.filter((day) => day <= days);
				expect(checkInNow(AUGUST, at)?.day).toBe(due.at(-1));
				expect(checkInNext(AUGUST, at)?.day).toBe(CHECK_IN_DAYS[due.length]);
			})
		);
	});
});

describe('what staff have to do', () => {
	const nothing = { work: AUGUST, alarms: [], months: [], checkIns: [], seenTo: [] };
	const alarm = {
		kind: 'unseen',
		about: '2026-09',
		id: 'a',
		raisedAt: noonOf('2026-10-11')
	} as const;

	test('a check-in that is due, late after two weeks, until somebody has seen to it', () => {
		const ask = (day: string, over = {}) =>
			tasksOf({ ...nothing, months: ['2026-08', '2026-09'], ...over }, noonOf(day));
		expect(ask('2026-10-04')).toEqual([
			{ urgency: 'due', day: 60, since: '2026-10-04', isAnswered: false }
		]);
		expect(ask('2026-10-17', { checkIns: [60] })[0]).toMatchObject({
			urgency: 'due',
			isAnswered: true
		});
		expect(ask('2026-10-18')[0]).toMatchObject({ urgency: 'overdue' });
		expect(ask('2026-10-18', { seenTo: [60] })).toEqual([]);
	});

	test('who has not answered of the last month; said once, not beside the alarm of the same', () => {
		const at = noonOf('2026-10-12');
		const quiet = { ...nothing, seenTo: [60] };
		expect(tasksOf(quiet, at)).toEqual([
			{ urgency: 'unanswered', month: '2026-09', since: '2026-10-01' }
		]);
		expect(tasksOf({ ...quiet, alarms: [alarm] }, at).map(({ urgency }) => urgency)).toEqual([
			'alarm'
		]);
	});

	test('of who has left only alarms are left', () => {
		const over = { ...AUGUST, until: noonOf('2026-10-02') };
		expect(tasksOf({ ...nothing, work: over }, noonOf('2026-10-12'))).toEqual([]);
		expect(tasksOf({ ...nothing, work: over, alarms: [alarm] }, noonOf('2026-10-12'))).toHaveLength(
			1
		);
	});

	test('stands in one order: alarms by what they are, late, due, silent; the oldest first', () => {
		const order: Task[] = [
			{ urgency: 'alarm', kind: 'money', about: '2026-09', id: '1', since: '2026-10-09' },
			{ urgency: 'alarm', kind: 'unpaid', about: '2026-09', id: '2', since: '2026-10-01' },
			{ urgency: 'alarm', kind: 'unpaid', about: '2026-09', id: '3', since: '2026-10-02' },
			{ urgency: 'alarm', kind: 'unseen', about: '2026-09', id: '4', since: '2026-09-01' },
			{ urgency: 'alarm', kind: 'bad', about: '30', id: '5', since: '2026-08-01' },
			{ urgency: 'overdue', day: 30, since: '2026-07-01', isAnswered: false },
			{ urgency: 'due', day: 30, since: '2026-06-01', isAnswered: true },
			{ urgency: 'unanswered', month: '2026-09', since: '2026-05-01' }
		];
		fc.assert(
			fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (mixed) => {
				expect(mixed.toSorted(byUrgency)).toEqual(order);
			})
		);
	});
});

describe('forms', () => {
	function problemsOf(work: () => unknown): Record<string, string> {
		try {
			work();
		} catch (error) {
			if (!(error instanceof Invalid)) throw error;
			const problems = Object.entries(error.problems);
			return Object.fromEntries(problems.map(([field, { code }]) => [field, code]));
		}
		return {};
	}
	const month = { month: '2026-09', worked: 'yes', paid: 'not_yet', moneyAsked: 'no' };
	const checkIn = { day: '30', feeling: 'good', helps: [] };

	test('three questions of a month have to be answered; nothing is answered for him', () => {
		expect(read(MonthForm, month)).toEqual({ ...month, note: '' });
		expect(problemsOf(() => read(MonthForm, { month: '2026-09' }))).toEqual({
			...{ worked: 'choose_one', paid: 'choose_one', moneyAsked: 'choose_one' }
		});
		expect(problemsOf(() => read(MonthForm, { ...month, month: '2026' }))).toEqual({
			month: 'month_closed'
		});
	});

	test('a number of a document is not taken where he writes something', () => {
		const note = '残疾证 11010119900307123X42';
		expect(problemsOf(() => read(MonthForm, { ...month, note }))).toEqual({
			note: 'personal_number'
		});
		expect(problemsOf(() => read(CheckInForm, { ...checkIn, note }))).toEqual({
			note: 'personal_number'
		});
	});

	test('income is a plain number, typed on any keyboard, or nothing', () => {
		expect(read(CheckInForm, checkIn)).toMatchObject({
			incomeYuan: null,
			hours: null,
			agrees: false
		});
		expect(
			read(CheckInForm, { ...checkIn, agrees: 'on', incomeYuan: '３０００', hours: ' 80 ' })
		).toMatchObject({ agrees: true, incomeYuan: 3000, hours: 80 });
		for (const wrong of ['-1', '3,000', '三千', '1e3', '999999'])
			expect(
				problemsOf(() => read(CheckInForm, { ...checkIn, incomeYuan: wrong })),
				wrong
			).toEqual({
				incomeYuan: 'number_plain'
			});
		expect(problemsOf(() => read(CheckInForm, { ...checkIn, hours: '745' }))).toEqual({
			hours: 'number_plain'
		});
	});

	test('only the four days there are, and only help from the list, each once', () => {
		expect(problemsOf(() => read(CheckInForm, { ...checkIn, day: '31' }))).toEqual({
			day: 'check_in_over'
		});
		expect(read(CheckInForm, { ...checkIn, helps: ['visit', 'signing', 'visit'] }).helps).toEqual([
			'signing',
			'visit'
		]);
		expect(() => read(CheckInForm, { ...checkIn, helps: ['money'] })).toThrow(Invalid);
	});
});
