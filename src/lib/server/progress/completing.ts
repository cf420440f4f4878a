/** Whether all that a lesson asks for was done; the last lesson of a course issues its certificate. */
import { isDone, readNeeds } from '#lib/domain/completion.ts';
import type { PersonActor } from '../access/actor.ts';
import * as certificates from '../certificates/certificates.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as queries from './completing.queries.ts';

/** Whoever has done it; her name is written on the certificate. */
export type Learner = Pick<PersonActor, 'id' | 'displayName'>;

/**
 * Asks whether a lesson is complete by now, and keeps it when it is. Asked as often as one likes.
 * @returns whether it is
 */
export async function completeWhenDone(
	db: Database,
	learner: Learner,
	lessonId: string
): Promise<boolean> {
	const row = await noteWhenDone(db, learner.id, lessonId);
	if (!row) return false;
	if (Number(row.certificateCount) === 0)
		await certificates.issueWhenComplete(
			db,
			{ ...learner, type: 'person', roles: [] },
			row.courseId
		);
	return true;
}

/**
 * The same without a certificate, for within a transaction: the certificate may be there already,
 * and a refused row would end the transaction.
 * @returns how it stands, where it is complete
 */
export async function noteWhenDone(db: Database, personId: string, lessonId: string) {
	const key = { lessonId, personId };
	const row = await queries.standingRow(db, key);
	if (!row) return undefined;
	if (row.completedAt === null) {
		if (!isDone(readNeeds(row.needs), standingIn(row))) return undefined;
		await queries.setCompleted(db, key, now());
	}
	return row;
}

/**
 * A task that had passed has not, after all: its instructor corrected the answer. What became a
 * certificate meanwhile stays; that is revoked with a reason, or not at all.
 */
export async function takeBackUnlessDone(
	db: Database,
	personId: string,
	lessonId: string
): Promise<void> {
	const key = { lessonId, personId };
	const row = await queries.standingRow(db, key);
	if (!row || row.completedAt === null || Number(row.certificateCount) > 0) return;
	const needs = readNeeds(row.needs);
	if (needs.task && !isDone(needs, standingIn(row))) await queries.setCompleted(db, key, null);
}

type Row = NonNullable<Awaited<ReturnType<typeof queries.standingRow>>>;
const standingIn = ({ watchedAt, practised, passedCount }: Row) => ({
	isWatched: watchedAt !== null,
	practised: JSON.parse(practised) as string[],
	isPassed: Number(passedCount) > 0
});
