/** What time brings, looked for every hour: questions to graduates, tasks for staff, and alarms. */
import { alarmsOfTime, checkInNow, monthAsked } from '#lib/domain/aftercare.ts';
import { endOfMonth, startOf } from '#lib/domain/days.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as alarms from './alarms.ts';
import * as checkIns from './check-ins.queries.ts';
import { activeLinks, type Link } from './links.queries.ts';
import * as months from './months.queries.ts';
import { carersOf, concernedBy } from './staff.ts';

/** Tells of each thing once, however often it is called. One short transaction for each graduate. */
export async function tellWhatIsDue(db: Database, at = now()): Promise<void> {
	for (const link of await activeLinks(db))
		await db.transaction().execute(async (step) => {
			await askOfMonth(step, link, at);
			await askHowHeIs(step, link, at);
		});
}

const toGraduate = ({ id, shopName }: Link) => ({ subjectId: id, title: shopName });

async function askOfMonth(step: Database, link: Link, at: string): Promise<void> {
	const month = monthAsked(link, at);
	if (month === undefined) return;
	const said = await months.answersOf(step, link.id);
	await alarms.raiseOnce(step, link, alarmsOfTime(link, said, at), at);
	if (said.some((one) => one.month === month)) return;
	const since = startOf(endOfMonth(month));
	await notifications.tellOnce(step, 'month_asked', toGraduate(link), [link.personId], since);
}

async function askHowHeIs(step: Database, link: Link, at: string): Promise<void> {
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
