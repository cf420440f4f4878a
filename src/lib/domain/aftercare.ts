/**
 * After-care: what a graduate says of his work each month, check-ins so many days after it began, and
 * what alarms the association. What is due follows from dates alone; nothing here looks at a clock.
 */
import * as v from 'valibot';
import { addDays, dayOf, endOfMonth, monthAfter, monthBefore, monthOf } from './days.ts';
import { id, lines, MAX_REASON, oneOf, withoutPersonalNumber } from './fields.ts';

export const WORKED = ['yes', 'no'] as const;
export type Worked = (typeof WORKED)[number];
export const PAID = ['yes', 'not_yet', 'no'] as const;
export type Paid = (typeof PAID)[number];
export const MONEY_ASKED = ['no', 'yes'] as const;
export type MoneyAsked = (typeof MONEY_ASKED)[number];

export const FEELINGS = ['good', 'so_so', 'bad'] as const;
export type Feeling = (typeof FEELINGS)[number];
/** What would help him. */
export const HELPS = ['signing', 'learning', 'hours', 'pay', 'people', 'tools', 'visit'] as const;
export type Help = (typeof HELPS)[number];

/** After so many days of work the association asks how he is. */
export const CHECK_IN_DAYS = [30, 60, 90, 182] as const;
export type CheckInDay = (typeof CHECK_IN_DAYS)[number];

/** The most urgent first: a demand for money, pay that is missing, work that nobody sees, "bad". */
export const ALARM_KINDS = ['money', 'unpaid', 'unseen', 'bad'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];
/** What an alarm is about: a month ('2026-11') or the day of a check-in ('30'). */
export type Alarm = { readonly kind: AlarmKind; readonly about: string };

/** Days after the end of a month: nobody has confirmed that there was work. */
export const SILENT_DAYS = 10;
/** Days after the end of a month: pay that was not there yet is missing. */
export const PAY_DAYS = 15;
/** Days after a check-in was due: it is late. */
export const LATE_DAYS = 14;

/** From when to when somebody has worked in a shop; without an end while he does. */
export type Work = { readonly from: string; readonly until: string | null };

/** The months in which there was work, the first one first. */
export function monthsOf(work: Work, at: string): string[] {
	const last = monthOf(work.until !== null && work.until < at ? work.until : at);
	const months: string[] = [];
	for (let month = monthOf(work.from); month <= last; month = monthAfter(month)) months.push(month);
	return months;
}

/** Those that can be answered, and answered anew: this one and the last. After it ended, too. */
export const openMonths = (work: Work, at: string): string[] =>
	monthsOf(work, at).filter((month) => month >= monthBefore(monthOf(at)));

/** The month that is over and that an answer is waited for, while somebody works there. */
export function monthAsked(work: Work, at: string): string | undefined {
	const month = monthBefore(monthOf(at));
	return work.until === null && monthsOf(work, at).includes(month) ? month : undefined;
}

export type MonthAnswer = {
	readonly month: string;
	readonly worked: Worked;
	readonly paid: Paid;
	readonly moneyAsked: MoneyAsked;
};

/** What alarms in an answer as soon as it is given. Where there was no work none is paid. */
export function alarmsOfMonth({ month, worked, paid, moneyAsked }: MonthAnswer): Alarm[] {
	const kinds: Record<AlarmKind, boolean> = {
		money: moneyAsked === 'yes',
		unpaid: worked === 'yes' && paid === 'no',
		unseen: worked === 'no',
		bad: false
	};
	return ALARM_KINDS.filter((kind) => kinds[kind]).map((kind) => ({ kind, about: month }));
}

/** What alarms because time has passed: silence, and pay that was "not yet" there for too long. */
export function alarmsOfTime(work: Work, answers: readonly MonthAnswer[], at: string): Alarm[] {
	const month = monthAsked(work, at);
	if (month === undefined) return [];
	const answer = answers.find((one) => one.month === month);
	const hasPassed = (days: number) => dayOf(at) >= addDays(endOfMonth(month), days);
	if (!answer) return hasPassed(SILENT_DAYS) ? [{ kind: 'unseen', about: month }] : [];
	const isWaiting = answer.worked === 'yes' && answer.paid === 'not_yet';
	return isWaiting && hasPassed(PAY_DAYS) ? [{ kind: 'unpaid', about: month }] : [];
}

export const alarmsOfCheckIn = ({ day, feeling }: { day: number; feeling: Feeling }): Alarm[] =>
	feeling === 'bad' ? [{ kind: 'bad', about: String(day) }] : [];

/** When each check-in is due, as days of the calendar. */
export const checkInsOf = (work: Work): { day: CheckInDay; dueOn: string }[] =>
	CHECK_IN_DAYS.map((day) => ({ day, dueOn: addDays(dayOf(work.from), day) }));

/** The one to be answered now: the last one due; who was silent is not asked four times over. */
export const checkInNow = (work: Work, at: string) =>
	work.until === null ? checkInsOf(work).findLast(({ dueOn }) => dueOn <= dayOf(at)) : undefined;

/** The first one that is not due yet. */
export const checkInNext = (work: Work, at: string) =>
	work.until === null ? checkInsOf(work).find(({ dueOn }) => dueOn > dayOf(at)) : undefined;

/** How soon staff have to look at something, the most urgent first. */
export const URGENCIES = ['alarm', 'overdue', 'due', 'unanswered'] as const;
export type Urgency = (typeof URGENCIES)[number];
export type Task = { readonly since: string } & (
	| ({ readonly urgency: 'alarm'; readonly id: string } & Alarm)
	| {
			readonly urgency: 'overdue' | 'due';
			readonly day: CheckInDay;
			readonly isAnswered: boolean;
	  }
	| { readonly urgency: 'unanswered'; readonly month: string }
);
export type Care = {
	/** Undefined where it has not begun. */
	readonly work: Work | undefined;
	readonly alarms: readonly (Alarm & { readonly id: string; readonly raisedAt: string })[];
	/** Months and check-ins that he has answered, and check-ins that staff have seen to. */
	readonly months: readonly string[];
	readonly checkIns: readonly number[];
	readonly seenTo: readonly number[];
};

/** What staff have to do about one graduate in one shop. */
export function tasksOf({ work, alarms, months, checkIns, seenTo }: Care, at: string): Task[] {
	const tasks: Task[] = alarms.map(({ id, kind, about, raisedAt }) => ({
		urgency: 'alarm',
		...{ id, kind, about, since: dayOf(raisedAt) }
	}));
	if (!work) return tasks;
	const due = checkInNow(work, at);
	if (due && !seenTo.includes(due.day))
		tasks.push({
			urgency: dayOf(at) >= addDays(due.dueOn, LATE_DAYS) ? 'overdue' : 'due',
			...{ day: due.day, since: due.dueOn, isAnswered: checkIns.includes(due.day) }
		});
	const month = monthAsked(work, at);
	const isKnown = alarms.some(({ kind, about }) => kind === 'unseen' && about === month);
	if (month !== undefined && !months.includes(month) && !isKnown)
		tasks.push({ urgency: 'unanswered', month, since: endOfMonth(month) });
	return tasks;
}

const rankOf = (task: Task): number =>
	task.urgency === 'alarm'
		? ALARM_KINDS.indexOf(task.kind)
		: ALARM_KINDS.length + URGENCIES.indexOf(task.urgency);

/** The most urgent first; of the same urgency, what has waited longest. */
export const byUrgency = (one: Task, other: Task): number =>
	rankOf(one) - rankOf(other) || (one.since < other.since ? -1 : one.since > other.since ? 1 : 0);

const shortNote = v.pipe(lines(MAX_REASON), withoutPersonalNumber);

export const MonthForm = v.object({
	month: v.pipe(v.string('month_closed'), v.regex(/^\d{4}-\d{2}$/, 'month_closed')),
	worked: oneOf(WORKED),
	paid: oneOf(PAID),
	moneyAsked: oneOf(MONEY_ASKED),
	note: shortNote
});
export type MonthInput = v.InferOutput<typeof MonthForm>;

/** A number that may be left out; Chinese keyboards type ３０００ too. */
const wholeNumber = (max: number) =>
	v.pipe(
		v.optional(v.string('number_plain'), ''),
		v.transform((text) => text.normalize('NFKC').trim()),
		v.regex(/^\d{0,7}$/, 'number_plain'),
		v.transform((text) => (text === '' ? null : Number(text))),
		v.check((number) => number === null || number <= max, 'number_plain')
	);
const MAX_YUAN = 200_000;
const HOURS_OF_A_MONTH = 31 * 24;

const checkInDay = v.pipe(
	v.string('check_in_over'),
	v.regex(/^\d+$/, 'check_in_over'),
	v.transform(Number),
	v.picklist(CHECK_IN_DAYS, 'check_in_over')
);

export const CheckInForm = v.object({
	day: checkInDay,
	feeling: oneOf(FEELINGS),
	helps: v.pipe(
		v.array(oneOf(HELPS)),
		v.transform((helps) => HELPS.filter((help) => helps.includes(help)))
	),
	note: shortNote,
	/** That his income and hours are kept: a consent of its own. */
	agrees: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value === 'on')
	),
	incomeYuan: wholeNumber(MAX_YUAN),
	hours: wholeNumber(HOURS_OF_A_MONTH)
});
export type CheckInInput = v.InferOutput<typeof CheckInForm>;

/** One press: somebody asks him for money. */
export const ReportForm = v.object({ placementId: id });

/** Staff have looked at a check-in, or gone to see him; what they saw, if they write it down. */
export const SeenToForm = v.object({ day: checkInDay, note: shortNote });

/** An alarm is closed with what was done. */
export const CloseForm = v.object({
	alarmId: id,
	note: v.pipe(shortNote, v.minLength(1, 'required'))
});
