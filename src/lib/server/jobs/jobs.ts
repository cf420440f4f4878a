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
 * @param ownerId whose work it is: of several people's, each has a turn. Nobody's comes first, as
 *   it is short and follows from work that has had its turn
 */
export async function enqueue(
	db: Database,
	kind: string,
	payload: unknown,
	isBackground = false,
	ownerId: string | null = null
): Promise<string> {
	const at = now();
	return await add(db, { kind, payload, isBackground, ownerId, at, runAt: at });
}

/**
 * Adds a background job that is not due before `runAt`: work that comes round again and again. What
 * was done of its kind is forgotten, so that it leaves no row for each round.
 */
export async function enqueueFor(
	db: Database,
	kind: string,
	payload: unknown,
	runAt: Date
): Promise<string> {
	await queries.removeDone(db, kind);
	const job = { kind, payload, isBackground: true, ownerId: null };
	return await add(db, { ...job, at: now(), runAt: runAt.toISOString() });
}

type NewJob = Omit<Parameters<typeof queries.addJob>[1], 'id' | 'payload'> & { payload: unknown };

async function add(db: Database, { payload, ...job }: NewJob): Promise<string> {
	const id = newId();
	await queries.addJob(db, { ...job, id, payload: JSON.stringify(payload) });
	return id;
}

/** What the newest job of a kind was asked to do about something, done or not. */
export async function lastAbout(db: Database, kind: string, id: string): Promise<unknown> {
	const payload = await queries.newestPayload(db, kind, id);
	return payload === undefined ? undefined : (JSON.parse(payload) as unknown);
}

/**
 * Leases the next job, background ones last: waiting ones, and running ones whose lease ran out.
 * People take turns: first comes whose work was begun longest ago, and of one person's jobs the one
 * that has been due longest. So twenty videos of one do not hold back another's one.
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

/** So many are put in order; who is further behind learns a place when it is nearer. */
const MAX_QUEUED = 500;

/** What somebody waits for and is not begun, in the order in which `claim` would take it. */
export async function queue(db: Database): Promise<{ id: string; payload: unknown }[]> {
	const left = await queries.waitingJobs(db, MAX_QUEUED);
	const lastTurn = new Map(left.map(({ ownerId, lastTurnAt }) => [ownerId, lastTurnAt ?? '']));
	const order: { id: string; payload: unknown }[] = [];
	while (left.length > 0) {
		const turnOf = ({ ownerId }: (typeof left)[number]) => lastTurn.get(ownerId) ?? '';
		// They are in the order of time; only whose turn it is decides.
		const next = left.reduce((first, one) => (turnOf(one) < turnOf(first) ? one : first));
		left.splice(left.indexOf(next), 1);
		// After every instant that there is, in the order of the turns.
		if (next.ownerId !== null)
			lastTurn.set(next.ownerId, `~${String(order.length).padStart(6, '0')}`);
		order.push({ id: next.id, payload: JSON.parse(next.payload) as unknown });
	}
	return order;
}

/** How many jobs somebody waits for are still to be done. */
export const pending = (db: Database): Promise<number> => queries.countPending(db);

/** Whether a job that somebody waits for could begin now. */
export const isSomebodyWaiting = (db: Database): Promise<boolean> =>
	queries.isSomebodyWaiting(db, now());
