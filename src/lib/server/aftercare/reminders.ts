/** What time brings, looked for every hour: questions to graduates, tasks for staff, and alarms. */
import { alarmsOfTime, checkInNow, monthAsked } from '#lib/domain/aftercare.ts';
import { endOfMonth, monthBefore, monthOf, startOf } from '#lib/domain/days.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as alarms from './alarms.ts';
import * as checkIns from './check-ins.queries.ts';
import { type Begun, workingLinks } from './links.queries.ts';
import * as months from './months.queries.ts';
import { carersOf, concernedBy } from './staff.ts';

/**
 * Tells of each thing once, however often it is called. One short transaction for each graduate of
 * whom something is due, so that thousands of whom nothing is hold up nobody.
 * @throws AggregateError when somebody could not be told; the others are
 */
export async function tellWhatIsDue(db: Database, at = now()): Promise<void> {
	const isQuiet = await quietAt(db, at);
	const faults: unknown[] = [];
	for (const link of await workingLinks(db)) {
		if (isQuiet(link)) continue;
		await db
			.transaction()
			.execute(async (step) => {
				await askOfMonth(step, link, at);
				await askHowHeIs(step, link, at);
			})
			.catch((fault: unknown) => faults.push(fault));
	}
	if (faults.length > 0) throw new AggregateError(faults, 'could not tell everybody what is due');
}

/** Of whom there is nothing to ask and nothing to tell, seen from what all have answered. */
async function quietAt(db: Database, at: string): Promise<(link: Begun) => boolean> {
	const [said, answered, seen] = await Promise.all([
		months.answersOfMonth(db, monthBefore(monthOf(at))),
		checkIns.answered(db),
		checkIns.seenTo(db)
	]);
	const answers = new Map(said.map((one) => [one.placementId, one]));
	const keysOf = (rows: readonly { placementId: string; day: number }[]) =>
		new Set(rows.map(({ placementId, day }) => `${placementId} ${day}`));
	const [answeredTo, seenTo] = [keysOf(answered), keysOf(seen)];
	return (link) => {
		const answer = answers.get(link.id);
		const due = checkInNow(link, at);
		const key = `${link.id} ${due?.day}`;
		return (
			(monthAsked(link, at) === undefined || answer !== undefined) &&
			alarmsOfTime(link, answer ? [answer] : [], at).length === 0 &&
			(!due || (answeredTo.has(key) && seenTo.has(key)))
		);
	};
}

const toGraduate = ({ id, shopName }: Begun) => ({ subjectId: id, title: shopName });

async function askOfMonth(step: Database, link: Begun, at: string): Promise<void> {
	const month = monthAsked(link, at);
	if (month === undefined) return;
	const said = await months.answersOf(step, link.id);
	await alarms.raiseOnce(step, link, alarmsOfTime(link, said, at), at);
	if (said.some((one) => one.month === month)) return;
	const since = startOf(endOfMonth(month));
	await notifications.tellOnce(step, 'month_asked', toGraduate(link), [link.personId], since);
}

async function askHowHeIs(step: Database, link: Begun, at: string): Promise<void> {
	const due = checkInNow(link, at);
	if (!due) return;
	const [answers, seen] = await Promise.all([
		checkIns.checkInsOf(step, link.id),
		checkIns.seenToOf(step, link.id)
	]);
	const since = startOf(due.dueOn);
	if (!answers.some(({ day }) => day === due.day))
		await notifications.tellOnce(step, 'check_in_asked', toGraduate(link), [link.personId], since);
	if (seen.some(({ day }) => day === due.day)) return;
	const about = { subjectId: link.id, title: link.graduateName };
	const carers = carersOf(await concernedBy(step, link));
	await notifications.tellOnce(step, 'check_in_due', about, carers, since);
}
