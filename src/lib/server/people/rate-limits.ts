import type { Database } from '../database/database.ts';
import { TooMany } from '../errors.ts';
import * as queries from './rate-limits.queries.ts';

/**
 * Counts one try in a bucket; kept in the database, so a restart forgives nobody.
 * @throws TooMany when there were more than `limit` within the last window
 */
export async function allow(
	db: Database,
	bucket: string,
	{ limit, withinMinutes }: { limit: number; withinMinutes: number }
): Promise<void> {
	const at = new Date();
	const resetsAt = new Date(at.getTime() + withinMinutes * 60_000);
	const row = await queries.countTry(db, bucket, at.toISOString(), resetsAt.toISOString());
	if (row.count > limit)
		throw new TooMany(Math.ceil((Date.parse(row.resets_at) - at.getTime()) / 1000));
}

/** Empties a bucket, after a success. */
export const forget = (db: Database, bucket: string): Promise<void> =>
	queries.removeBucket(db, bucket);

/** Takes one try back that was no guess; the others in the bucket stay counted. */
export const takeBack = (db: Database, bucket: string): Promise<void> =>
	queries.uncountTry(db, bucket);

/** Removes what no longer limits anybody: it would only say who tried when. */
export const forgetOld = (db: Database): Promise<void> =>
	queries.removeOldBuckets(db, new Date().toISOString());
