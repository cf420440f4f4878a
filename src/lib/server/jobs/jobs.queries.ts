import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

export async function addJob(
	db: Database,
	job: {
		id: string;
		kind: string;
		payload: string;
		isBackground: boolean;
		ownerId: string | null;
		at: string;
		runAt: string;
	}
): Promise<void> {
	await db
		.insertInto('job')
		.values({
			id: job.id,
			kind: job.kind,
			payload: job.payload,
			state: 'waiting',
			attempts: 0,
			is_background: job.isBackground ? 1 : 0,
			owner_id: job.ownerId,
			run_at: job.runAt,
			created_at: job.at
		})
		.execute();
}

const lastTurn = (eb: ExpressionBuilder<Tables, 'job'>) =>
	eb
		.selectFrom('job as own')
		.whereRef('own.owner_id', '=', 'job.owner_id')
		.select(({ fn }) => fn.max('own.started_at').as('at'));

export const leaseNextJob = (db: Database, by: { lease: string; at: string; until: string }) =>
	db
		.updateTable('job')
		.set((eb) => ({
			state: 'running',
			lease: by.lease,
			leased_until: by.until,
			started_at: by.at,
			attempts: eb('attempts', '+', 1)
		}))
		.where('id', '=', (eb) =>
			eb
				.selectFrom('job')
				.where(({ or, and, eb: is }) =>
					or([
						and([is('state', '=', 'waiting'), is('run_at', '<=', by.at)]),
						and([is('state', '=', 'running'), is('leased_until', '<=', by.at)])
					])
				)
				.orderBy('is_background')
				// Whose work was begun longest ago, or never: so that everybody has a turn.
				.orderBy(lastTurn, (first) => first.asc().nullsFirst())
				.orderBy('run_at')
				.limit(1)
				.select('id')
		)
		// Two workers may have chosen the same row: the second finds it taken.
		.where(({ or, eb: is }) => or([is('state', '=', 'waiting'), is('leased_until', '<=', by.at)]))
		.returning(['id', 'kind', 'payload', 'attempts', 'is_background as isBackground'])
		.executeTakeFirst();

type Held = { id: string; lease: string };

export async function renewLease(db: Database, job: Held, until: string): Promise<boolean> {
	const result = await db
		.updateTable('job')
		.set({ leased_until: until })
		.where('id', '=', job.id)
		.where('lease', '=', job.lease)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

export async function finishJob(db: Database, job: Held, at: string): Promise<void> {
	await db
		.updateTable('job')
		.set({ state: 'done', finished_at: at, lease: null, leased_until: null })
		.where('id', '=', job.id)
		.where('lease', '=', job.lease)
		.execute();
}

/** @returns whether the lease was still held; else nothing has changed */
export async function failJob(
	db: Database,
	job: Held,
	outcome: { state: 'waiting' | 'failed'; error: string; runAt: string }
): Promise<boolean> {
	const result = await db
		.updateTable('job')
		.set({
			state: outcome.state,
			last_error: outcome.error,
			run_at: outcome.runAt,
			lease: null,
			leased_until: null
		})
		.where('id', '=', job.id)
		.where('lease', '=', job.lease)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Of one kind what is done: it says nothing that is not known elsewhere. */
export async function removeDone(db: Database, kind: string): Promise<void> {
	await db.deleteFrom('job').where('kind', '=', kind).where('state', '=', 'done').execute();
}

export async function releaseLease(db: Database, job: Held): Promise<void> {
	await db
		.updateTable('job')
		.set((eb) => ({
			state: 'waiting',
			lease: null,
			leased_until: null,
			attempts: eb('attempts', '-', 1)
		}))
		.where('id', '=', job.id)
		.where('lease', '=', job.lease)
		.execute();
}

export async function releaseLeases(db: Database): Promise<void> {
	await db
		.updateTable('job')
		.set({ state: 'waiting', lease: null, leased_until: null })
		.where('state', '=', 'running')
		.execute();
}

/** What somebody waits for and is not begun, with when its owner last had a turn. */
export const waitingJobs = (db: Database, limit: number) =>
	db
		.selectFrom('job')
		.where('state', '=', 'waiting')
		.where('is_background', '=', 0)
		.select(['id', 'payload', 'owner_id as ownerId'])
		.select((eb) => lastTurn(eb).as('lastTurnAt'))
		.orderBy('run_at')
		.limit(limit)
		.execute();

/** Waiting or at work, but for those nobody waits for. */
export async function countPending(db: Database): Promise<number> {
	const row = await db
		.selectFrom('job')
		.where('state', 'in', ['waiting', 'running'])
		.where('is_background', '=', 0)
		.select(({ fn }) => fn.countAll().as('count'))
		.executeTakeFirst();
	return Number(row?.count ?? 0);
}

export async function isSomebodyWaiting(db: Database, at: string): Promise<boolean> {
	const row = await db
		.selectFrom('job')
		.where('state', '=', 'waiting')
		.where('run_at', '<=', at)
		.where('is_background', '=', 0)
		.select('id')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** @param id one of ours, so that it stands in a payload as it is */
export async function newestPayload(
	db: Database,
	kind: string,
	id: string
): Promise<string | undefined> {
	const row = await db
		.selectFrom('job')
		.where('kind', '=', kind)
		.where('payload', 'like', `%${id}%`)
		.select('payload')
		.orderBy('created_at', 'desc')
		.executeTakeFirst();
	return row?.payload;
}
