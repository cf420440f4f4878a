/** Whether all that a lesson asks for was done. */
import { isDone, readNeeds } from '#lib/domain/completion.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as queries from './completing.queries.ts';

/**
 * Asks whether a lesson is complete by now, and keeps it when it is. Asked as often as one likes.
 * @returns whether it is
 */
export async function completeWhenDone(
	db: Database,
	personId: string,
	lessonId: string
): Promise<boolean> {
	const key = { lessonId, personId };
	const row = await queries.standingRow(db, key);
	if (!row) return false;
	if (row.completedAt !== null) return true;
	if (!isDone(readNeeds(row.needs), standingIn(row))) return false;
	await queries.setCompleted(db, key, now());
	return true;
}

/**
 * A task that had passed has not, after all: its instructor corrected the answer. A certificate
 * that was issued meanwhile stays; that is revoked with a reason, or not at all.
 */
export async function takeBackUnlessDone(
	db: Database,
	personId: string,
	lessonId: string
): Promise<void> {
	const key = { lessonId, personId };
	const row = await queries.standingRow(db, key);
	if (!row || row.completedAt === null) return;
	const needs = readNeeds(row.needs);
	if (needs.task && !isDone(needs, standingIn(row))) await queries.setCompleted(db, key, null);
}

type Row = NonNullable<Awaited<ReturnType<typeof queries.standingRow>>>;
const standingIn = ({ watchedAt, practised, passedCount }: Row) => ({
	isWatched: watchedAt !== null,
	practised: JSON.parse(practised) as string[],
	isPassed: Number(passedCount) > 0
});
