/**
 * Work that waits: rows in the same database as what they are about, so that a change and the
 * work it causes are one transaction. A job is leased, not taken: when a worker dies, its lease
 * runs out and another takes the job up. Handlers must therefore bear being run again.
 */
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import * as queries from './jobs.queries.ts';

export const LEASE_MS = 30_000;
export const MAX_ATTEMPTS = 5;

export type Job = {
	id: string;
	kind: string;
	payload: unknown;
	attempts: number;
	isBackground: boolean;
	lease: string;
};

/**
 * Adds a job; call it in the transaction that makes it necessary.
 * @param isBackground nobody waits for it: every other job that is due comes first
 */
export async function enqueue(
	db: Database,
	kind: string,
	payload: unknown,
	isBackground = false
): Promise<string> {
	const id = newId();
	const text = JSON.stringify(payload);
	await queries.addJob(db, { id, kind, payload: text, isBackground, at: now() });
	return id;
}

/**
 * Leases the job that has been due longest, background ones last: waiting ones, and running ones
 * whose lease ran out.
 */
export async function claim(db: Database, at = new Date()): Promise<Job | undefined> {
	const lease = newId();
	const row = await queries.leaseNextJob(db, {
		lease,
		at: at.toISOString(),
		until: new Date(at.getTime() + LEASE_MS).toISOString()
	});
	return (
		row && {
			...row,
			payload: JSON.parse(row.payload) as unknown,
			isBackground: row.isBackground === 1,
			lease
		}
	);
}

/** Keeps a lease; false when it was lost, and the work must stop. */
export const renew = (db: Database, job: Job): Promise<boolean> =>
	queries.renewLease(db, job, new Date(Date.now() + LEASE_MS).toISOString());

export const finish = (db: Database, job: Job): Promise<void> => queries.finishJob(db, job, now());

/**
 * Puts a failed job back with a growing pause, or gives it up after 5 attempts.
 * @returns whether it was given up; never by somebody who has lost the lease
 */
export async function fail(db: Database, job: Job, error: unknown): Promise<boolean> {
	const isLast = job.attempts >= MAX_ATTEMPTS;
	const pauseMs = 2 ** job.attempts * 1000;
	const wasHeld = await queries.failJob(db, job, {
		state: isLast ? 'failed' : 'waiting',
		error: error instanceof Error ? error.message : String(error),
		runAt: new Date(Date.now() + pauseMs).toISOString()
	});
	return isLast && wasHeld;
}

/** Gives a job back untouched: the worker is stopping, the job has done nothing wrong. */
export const release = (db: Database, job: Job): Promise<void> => queries.releaseLease(db, job);

/** Gives every leased job back at once; for a process that starts alone on its database. */
export const releaseAll = (db: Database): Promise<void> => queries.releaseLeases(db);

/** How many jobs somebody waits for are still to be done. */
export const pending = (db: Database): Promise<number> => queries.countPending(db);

/** Whether a job that somebody waits for could begin now. */
export const isSomebodyWaiting = (db: Database): Promise<boolean> =>
	queries.isSomebodyWaiting(db, now());
