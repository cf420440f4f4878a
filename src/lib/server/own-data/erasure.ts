/**
 * Everything about a person erased on her own word, and on nobody else's: asked for, waited with so
 * that it can be taken back, then done. What stays names nobody (`kept` in holdings.ts).
 */
import type { Role } from '#lib/domain/roles.ts';
import type { PersonActor } from '../access/actor.ts';
import * as certificates from '../certificates/certificates.ts';
import * as records from '../certificates/records.ts';
import type { Database } from '../database/database.ts';
import { removeRowsOf } from '../database/rows-of-person.ts';
import { Conflict } from '../errors.ts';
import * as notifications from '../notifications/notifications.ts';
import * as people from '../people/people.ts';
import * as placements from '../placements/placements.ts';
import * as works from '../practice/works.ts';
import { HELD } from './holdings.ts';

/** Somebody else may have her phone, and a finger slips: so long everything stays as it is. */
export const WAIT_DAYS = 7;
/** Stands where her name stood. */
export const ERASED_NAME = '已注销 · Erased';

/** When it will be done for whoever asks for it now. */
export const dueFrom = (asked: Date): string =>
	new Date(asked.getTime() + WAIT_DAYS * 86_400_000).toISOString();

/** Others depend on whoever may do more than learn: such a role is handed over first. */
export const isFreeToGo = (roles: readonly Role[]): boolean =>
	roles.every((role) => role === 'trainee');

/**
 * From now on it is due; a second time changes nothing.
 * @returns when everything will be erased
 * @throws Conflict 'hand_over_first' while she may do more than learn
 */
export async function ask(db: Database, { id, roles, erasesAt }: PersonActor): Promise<string> {
	if (!isFreeToGo(roles)) throw new Conflict('hand_over_first');
	if (erasesAt !== undefined) return erasesAt;
	const due = dueFrom(new Date());
	await people.setErasure(db, id, due);
	return due;
}

/** She has thought better of it. */
export const takeBack = (db: Database, { id }: PersonActor): Promise<void> =>
	people.setErasure(db, id, null);

/**
 * Erases everybody who is due. What breaks off is begun again next time.
 * @throws AggregateError when somebody could not be erased; the others are
 */
export async function eraseDue(
	db: Database,
	tools: works.Tools,
	at = new Date().toISOString()
): Promise<void> {
	const faults: unknown[] = [];
	for (const id of await people.dueForErasure(db, at))
		await erase(db, tools, id, at).catch((fault: unknown) => faults.push(fault));
	if (faults.length > 0) throw new AggregateError(faults, 'could not erase everybody who is due');
}

/** Files first: a row is never without a way to find them. Then all rows at once, or none. */
async function erase(db: Database, tools: works.Tools, id: string, at: string): Promise<void> {
	await works.eraseAllOf(db, tools, id);
	await records.eraseCopiesOf(db, tools.storage, id);
	await placements.leaveAll(db, id);
	await db.transaction().execute(async (step) => {
		for (const holding of GOING) await removeRowsOf(step, holding, id);
		await notifications.forgetAbout(step, id);
		await certificates.forgetName(step, id, ERASED_NAME);
		await people.forgetName(step, id, { name: ERASED_NAME, at });
	});
}

/** Rows that belong to a row of hers go before it. */
const GOING = HELD.filter(({ kept }) => kept === undefined).sort(
	(one, other) => Number(one.of === undefined) - Number(other.of === undefined)
);
