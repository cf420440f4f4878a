/** Who is told what happened, what of it she has read, and what she does not want to be told. */
import { KEPT_DAYS, kindsFor, mutedIn, type NotificationKind } from '#lib/domain/notifications.ts';
import { type Listing, placeOf } from '#lib/domain/listing.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import * as queries from './notifications.queries.ts';

const DAY_MS = 24 * 60 * 60_000;

export type Unread = Awaited<ReturnType<typeof queries.unreadOf>>[number];

/**
 * Tells these people, but for those who do not want to hear of it. Of what they have not read yet
 * they are told once. Call it in the transaction in which it happens.
 */
export async function tell(
	step: Database,
	kind: NotificationKind,
	about: { subjectId: string; title: string },
	personIds: readonly string[]
): Promise<void> {
	if (personIds.length === 0) return;
	const muted = new Set(await queries.mutedAmong(step, kind, personIds));
	const at = now();
	// In one order: two who tell the same people at once wait for each other, and never both.
	for (const personId of [...new Set(personIds)].sort())
		if (!muted.has(personId))
			await queries.add(step, { id: newId(), personId, kind, ...about, at });
}

/** A page of her inbox, newest first. */
export async function inboxOf(db: Database, { id }: PersonActor, listing: Listing) {
	const count = await queries.countOf(db, id);
	const { page, pages, limit, offset } = placeOf(listing, count);
	return { rows: await queries.ofPerson(db, id, { limit, offset }), page, pages };
}

export const unreadOf = (db: Database, { id }: PersonActor): Promise<Unread[]> =>
	queries.unreadOf(db, id);

/** Those of hers that are named are read, or all of them. */
export const read = (db: Database, { id }: PersonActor, ids?: readonly string[]): Promise<void> =>
	queries.markRead(db, id, now(), ids);

/** Each kind that somebody with her roles can get, and whether she wants it. */
export async function choicesOf(db: Database, { id, roles }: PersonActor) {
	const muted = await queries.mutedBy(db, id);
	return kindsFor(roles).map((kind) => ({ kind, isWanted: !muted.includes(kind) }));
}

/** @param fields of a form with a check box for each kind */
export async function choose(
	db: Database,
	{ id, roles }: PersonActor,
	fields: Readonly<Record<string, unknown>>
): Promise<void> {
	await db.transaction().execute((step) => queries.mute(step, id, mutedIn(fields, roles)));
}

/** What was read long ago is not kept. */
export const forgetOld = (db: Database): Promise<void> =>
	queries.removeRead(db, new Date(Date.parse(now()) - KEPT_DAYS * DAY_MS).toISOString());

/** What anybody was told about this, read or not, is told no longer. */
export const forgetAbout = (db: Database, subjectId: string): Promise<void> =>
	queries.removeAbout(db, subjectId);
