/** What is to be done, as the graduate and as staff see it. Worked out anew each time it is read. */
import {
	type Alarm,
	byUrgency,
	type CheckInDay,
	checkInNext,
	checkInNow,
	checkInsOf,
	monthAsked,
	monthsOf,
	openMonths,
	tasksOf
} from '#lib/domain/aftercare.ts';
import { monthBefore, monthOf } from '#lib/domain/days.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { maySeeGraduates } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import type { OwnPlacement, StaffPlacement } from '../placements/placements.ts';
import { alarmsOf, alarmsOfPerson, closedAlarms, openAlarms } from './alarms.queries.ts';
import { mayClose } from './alarms.ts';
import * as checkIns from './check-ins.queries.ts';
import * as links from './links.queries.ts';
import * as months from './months.queries.ts';
import { concernedBy } from './staff.ts';

const CLOSED_SHOWN = 20;

/** What waits for the graduate himself, by placement; those in which he never worked are not in it. */
export async function waitingFor(db: Database, { id }: PersonActor, at = now()) {
	const [own, said, answered, agreed] = await Promise.all([
		links.begunOfPerson(db, id),
		months.answersOfPerson(db, id),
		checkIns.answered(db, id),
		checkIns.consentsOf(db, id)
	]);
	const isAnswered = (placementId: string, day: number | undefined) =>
		answered.some((one) => one.placementId === placementId && one.day === day);
	return new Map(
		own.map((link) => {
			const open = openMonths(link, at);
			const known = said.filter((one) => one.placementId === link.id).map(({ month }) => month);
			const asked = monthAsked(link, at);
			const due = checkInNow(link, at);
			return [
				link.id,
				{
					hasMonth: open.length > 0,
					/** The month that is over, as long as he has said nothing of it. */
					monthAsked: asked !== undefined && !known.includes(asked) ? asked : undefined,
					hasCheckIn: due !== undefined,
					isCheckInAsked: due !== undefined && !isAnswered(link.id, due.day),
					/** He can take that back, also when it is over. */
					hasAgreedToIncome: agreed.includes(link.id)
				}
			] as const;
		})
	);
}
export type Waiting =
	Awaited<ReturnType<typeof waitingFor>> extends Map<string, infer One> ? One : never;

/** What staff have done, or, without a name, have still to do: about an alarm or a check-in. */
export type Helped = {
	readonly placementId: string;
	readonly at: string;
	readonly byName: string | null;
	readonly note: string;
} & ({ readonly alarm: Alarm } | { readonly alarm: undefined; readonly day: CheckInDay });

/** By placement, the newest first. The graduate reads what staff wrote. */
export async function helpFor(db: Database, { id }: PersonActor): Promise<Map<string, Helped[]>> {
	const [alarms, visits] = await Promise.all([
		alarmsOfPerson(db, id),
		checkIns.seenToOfPerson(db, id)
	]);
	const done: Helped[] = [
		...alarms.map(({ placementId, kind, about, raisedAt, closedAt, closedByName, closedNote }) => ({
			...{ placementId, alarm: { kind, about } },
			...{ at: closedAt ?? raisedAt, byName: closedByName, note: closedNote ?? '' }
		})),
		...visits.map(({ placementId, day, doneAt, doneByName, note }) => ({
			...{ placementId, alarm: undefined, day, at: doneAt, byName: doneByName, note }
		}))
	];
	return Map.groupBy(
		done.sort((one, other) => other.at.localeCompare(one.at)),
		({ placementId }) => placementId
	);
}

/**
 * A graduate's months in one shop: those that he can answer, the oldest first, with what he said.
 * @throws NotFound when he never worked there
 */
export async function monthsOfOwn(db: Database, own: OwnPlacement, at = now()) {
	const link = await links.linkOf(db, own.id);
	if (!links.hasBegun(link)) throw new NotFound();
	const said = await months.answersOf(db, own.id);
	return openMonths(link, at).map((month) => ({
		month,
		isOver: month < monthOf(at),
		answer: said.find((one) => one.month === month)
	}));
}

/**
 * His check-in that is due, with what he answered to it, and when the next one will be.
 * @throws NotFound when he never worked there
 */
export async function checkInOfOwn(db: Database, own: OwnPlacement, at = now()) {
	const link = await links.linkOf(db, own.id);
	if (!links.hasBegun(link)) throw new NotFound();
	const [said, consent] = await Promise.all([
		checkIns.checkInsOf(db, own.id),
		checkIns.consentOf(db, own.id)
	]);
	const due = checkInNow(link, at);
	return {
		due,
		answer: said.find(({ day }) => day === due?.day),
		nextOn: checkInNext(link, at)?.dueOn,
		hasAgreed: consent !== undefined,
		kept: said.filter(({ incomeYuan, hours }) => incomeYuan !== null || hours !== null)
	};
}

/**
 * All that staff have to look at, the most urgent first, and which alarms were closed last.
 * @throws NotAllowed for anybody else
 */
export async function forStaff(db: Database, actor: Actor, at = now()) {
	if (actor.type !== 'person' || !maySeeGraduates(actor)) throw new NotAllowed();
	const [all, alarms, said, answered, seenTo, closed] = await Promise.all([
		links.linksToCareFor(db),
		openAlarms(db),
		months.answersOfMonth(db, monthBefore(monthOf(at))),
		checkIns.answered(db),
		checkIns.seenTo(db),
		closedAlarms(db, CLOSED_SHOWN)
	]);
	const of = <Row extends { placementId: string }>(rows: readonly Row[]) =>
		Map.groupBy(rows, ({ placementId }) => placementId);
	const [alarmsOf, saidOf, answeredOf, seenOf] = [of(alarms), of(said), of(answered), of(seenTo)];
	const raisedToName = new Map(alarms.map(({ id, raisedToName: name }) => [id, name]));
	// What is about herself a colleague looks after.
	const others = all.filter(({ personId }) => personId !== actor.id);
	const tasks = others.flatMap((link) =>
		tasksOf(
			{
				work: links.hasBegun(link) ? link : undefined,
				alarms: alarmsOf.get(link.id) ?? [],
				months: (saidOf.get(link.id) ?? []).map(({ month }) => month),
				checkIns: (answeredOf.get(link.id) ?? []).map(({ day }) => day),
				seenTo: (seenOf.get(link.id) ?? []).map(({ day }) => day)
			},
			at
		).map((task) => ({
			...task,
			placement: link,
			raisedToName: task.urgency === 'alarm' ? raisedToName.get(task.id) : undefined
		}))
	);
	return {
		tasks: tasks.sort(byUrgency),
		closed: closed.filter((one) => one.personId !== actor.id)
	};
}
export type StaffTask = Awaited<ReturnType<typeof forStaff>>['tasks'][number];

/**
 * One graduate in one shop as staff see it: every month, every check-in, every alarm.
 * @throws NotFound where there was neither work nor an alarm
 */
export async function ofPlacement(db: Database, { id, personId, by }: StaffPlacement, at = now()) {
	const link = await links.linkOf(db, id);
	if (!link) throw new NotFound();
	const work = links.hasBegun(link) ? link : undefined;
	const [said, answers, seen, alarms, concerned] = await Promise.all([
		months.answersOf(db, id),
		checkIns.checkInsOf(db, id),
		checkIns.seenToOf(db, id),
		alarmsOf(db, id),
		concernedBy(db, { id, personId })
	]);
	if (!work && alarms.length === 0) throw new NotFound();
	const due = work && checkInNow(work, at);
	return {
		link,
		months: (work ? monthsOf(work, at) : [])
			.toReversed()
			.map((month) => ({ month, answer: said.find((one) => one.month === month) })),
		checkIns: (work ? checkInsOf(work) : []).map((checkIn) => ({
			...checkIn,
			isDue: checkIn.day === due?.day,
			isOver: due !== undefined && checkIn.day < due.day,
			answer: answers.find(({ day }) => day === checkIn.day),
			seen: seen.find(({ day }) => day === checkIn.day)
		})),
		alarms,
		mayClose: mayClose(by, concerned)
	};
}
