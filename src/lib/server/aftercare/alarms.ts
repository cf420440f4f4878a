/**
 * Alarms: raised to a second member of staff, not to the one who has proposed the shop, so that
 * nobody judges alone what came of her own proposal. Closed with what was done, and kept.
 */
import type { Alarm } from '#lib/domain/aftercare.ts';
import { monthOf } from '#lib/domain/days.ts';
import { isAgreed } from '#lib/domain/placements.ts';
import type { Actor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayStepAsStaff } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Conflict, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import type { OwnPlacement } from '../placements/placements.ts';
import * as queries from './alarms.queries.ts';
import { linkOf } from './links.queries.ts';
import { type Concerned, concernedBy } from './staff.ts';

export type RaisedAlarm = NonNullable<Awaited<ReturnType<typeof queries.alarmById>>>;
export type ClosableAlarm = Authorized<RaisedAlarm & { readonly by: string }, 'close'>;
type Where = { id: string; personId: string; graduateName: string };

/**
 * Raises what is not open already, and tells one of the other staff: whoever has least to look
 * after. Where there is nobody but the proposer, it is raised to all, and that is she.
 */
export async function raise(
	step: Database,
	of: Where,
	alarms: readonly Alarm[],
	at: string
): Promise<void> {
	for (const alarm of alarms) {
		const { proposer, others } = await concernedBy(step, of);
		const [second] = others;
		const row = { ...alarm, id: newId(), placementId: of.id, raisedTo: second ?? null, at };
		if (!(await queries.addAlarm(step, row))) continue;
		const told = [second ?? proposer].filter((id) => id !== undefined);
		const about = { subjectId: of.id, title: of.graduateName };
		await notifications.tell(step, 'alarm_raised', about, told);
	}
}

/** What time has brought is raised once; closed, it does not come back with the next hour. */
export async function raiseOnce(
	step: Database,
	of: Where,
	alarms: readonly Alarm[],
	at: string
): Promise<void> {
	for (const alarm of alarms)
		if (!(await queries.wasRaised(step, of.id, alarm))) await raise(step, of, [alarm], at);
}

/**
 * Somebody asks him for money, and no month has to be over before he can say so: a "deposit" is
 * asked for before there is work.
 * @throws Conflict 'step_not_possible' where he has not agreed to the shop, or has left it
 */
export const reportMoney = (db: Database, own: OwnPlacement, at = now()): Promise<void> =>
	db.transaction().execute(async (step) => {
		const link = await linkOf(step, own.id);
		if (!link || !isAgreed(own.state)) throw new Conflict('step_not_possible');
		await raise(step, link, [{ kind: 'money', about: monthOf(at) }], at);
	});

/** The proposer does not close it while there is somebody else who can. */
export const mayClose = (by: string, { proposer, others }: Concerned): boolean =>
	by !== proposer || others.length === 0;

/**
 * An alarm, for closing it.
 * @throws NotFound when it is not there, or this actor does not close it
 */
export async function forClosing(db: Database, actor: Actor, id: string): Promise<ClosableAlarm> {
	const alarm = await queries.alarmById(db, id);
	if (!alarm || actor.type !== 'person' || !mayStepAsStaff(actor, alarm)) throw new NotFound();
	const { placementId, personId } = alarm;
	const concerned = await concernedBy(db, { id: placementId, personId });
	if (!mayClose(actor.id, concerned)) throw new NotFound();
	return grant({ ...alarm, by: actor.id }, 'close');
}

/**
 * Closes it with what was done, and tells the graduate.
 * @throws Conflict 'alarm_closed' when somebody was faster
 */
export const close = (
	db: Database,
	alarm: ClosableAlarm,
	note: string,
	at = now()
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const isFirst = await queries.closeAlarm(step, alarm.id, { personId: alarm.by, note, at });
		if (!isFirst) throw new Conflict('alarm_closed');
		const about = { subjectId: alarm.placementId, title: alarm.shopName };
		await notifications.tell(step, 'alarm_closed', about, [alarm.personId]);
	});
