import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Tables } from '#lib/server/database/tables.ts';
import * as jobs from '#lib/server/jobs/jobs.ts';
import { type Handlers, type Runner, startRunner } from '#lib/server/jobs/runner.ts';
import { onBothDatabases } from '../support/databases.ts';

const KIND = 'knead';

onBothDatabases('jobs', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	beforeEach(async () => {
		await db.deleteFrom('job').execute();
	});
	const row = (id: string) =>
		db.selectFrom('job').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
	const claimed = async (at?: Date) => {
		const job = await jobs.claim(db, at);
		if (!job) throw new Error('no job to claim');
		return job;
	};
	/** After every lease and pause that can be running now. */
	const muchLater = () => new Date(Date.now() + 3_600_000);

	test('a job is claimed with what it was given', async () => {
		const payload = { trackId: '面团', nested: [1, { two: null }] };
		const id = await jobs.enqueue(db, KIND, payload);
		expect(await jobs.claim(db)).toMatchObject({ id, kind: KIND, payload, attempts: 1 });
		expect(await jobs.claim(db)).toBeUndefined();
	});

	test('of several who claim at once each gets another job, and one job goes to one', async () => {
		await jobs.enqueue(db, KIND, {});
		const one = await Promise.all([jobs.claim(db), jobs.claim(db), jobs.claim(db)]);
		expect(one.filter(Boolean)).toHaveLength(1);
		await jobs.enqueue(db, KIND, {});
		await jobs.enqueue(db, KIND, {});
		const two = await Promise.all([jobs.claim(db), jobs.claim(db), jobs.claim(db)]);
		expect(new Set(two.flatMap((job) => job?.id ?? [])).size).toBe(2);
	});

	test('whoever waits longest comes first', async () => {
		const ids = [];
		for (let n = 0; n < 3; n++) {
			ids.push(await jobs.enqueue(db, KIND, { n }));
			await new Promise((resolve) => setTimeout(resolve, 3));
		}
		const order = [(await claimed()).id, (await claimed()).id, (await claimed()).id];
		expect(order).toEqual(ids);
	});

	test('a job enqueued in a transaction that fails was never there', async () => {
		const failing = db.transaction().execute(async (step) => {
			await jobs.enqueue(step, KIND, {});
			throw new Error('on purpose');
		});
		await expect(failing).rejects.toThrow('on purpose');
		expect(await jobs.claim(db)).toBeUndefined();
	});

	test('when a worker dies, its job is taken up once its lease has run out, not before', async () => {
		const id = await jobs.enqueue(db, KIND, {});
		const dead = await claimed();
		const justBefore = new Date(Date.now() + jobs.LEASE_MS - 5000);
		expect(await jobs.claim(db, justBefore)).toBeUndefined();
		const second = await claimed(new Date(Date.now() + jobs.LEASE_MS + 1000));
		expect(second).toMatchObject({ id, attempts: 2 });
		expect(second.lease).not.toBe(dead.lease);
	});

	test('a renewed lease lasts on', async () => {
		await jobs.enqueue(db, KIND, {});
		const old = new Date(Date.now() - jobs.LEASE_MS + 1000);
		await db.updateTable('job').set({ run_at: old.toISOString() }).execute();
		const job = await claimed(old);
		expect(await jobs.renew(db, job)).toBe(true);
		expect(await jobs.claim(db, new Date(Date.now() + jobs.LEASE_MS - 5000))).toBeUndefined();
	});

	test('who has lost the lease is told so, and can neither finish nor fail nor release the job', async () => {
		const id = await jobs.enqueue(db, KIND, {});
		const lost = await claimed();
		const held = await claimed(muchLater());
		expect(await jobs.renew(db, lost)).toBe(false);
		const before = await row(id);
		await jobs.finish(db, lost);
		await jobs.fail(db, lost, new Error('late'));
		await jobs.release(db, lost);
		expect(await row(id)).toEqual(before);
		await jobs.finish(db, held);
		expect(await row(id)).toMatchObject({ state: 'done', lease: null, leased_until: null });
	});

	test('who has lost the lease cannot give the job up, were it the last try', async () => {
		const id = await jobs.enqueue(db, KIND, {});
		await db
			.updateTable('job')
			.set({ attempts: jobs.MAX_ATTEMPTS - 1 })
			.execute();
		const lost = await claimed();
		await claimed(muchLater());
		expect(await jobs.fail(db, lost, new Error('late'))).toBe(false);
		expect((await row(id)).state).toBe('running');
	});

	test('a failed job is tried again after pauses that grow, and given up after 5 tries', async () => {
		const id = await jobs.enqueue(db, KIND, {});
		const pauses: number[] = [];
		for (let attempt = 1; attempt <= jobs.MAX_ATTEMPTS; attempt++) {
			const job = await claimed(muchLater());
			expect(job.attempts).toBe(attempt);
			const isGivenUp = await jobs.fail(db, job, new Error(`reason ${attempt}`));
			expect(isGivenUp).toBe(attempt === jobs.MAX_ATTEMPTS);
			const after = await row(id);
			expect(after.last_error).toBe(`reason ${attempt}`);
			expect(after.state).toBe(isGivenUp ? 'failed' : 'waiting');
			if (!isGivenUp) {
				expect(await jobs.claim(db)).toBeUndefined();
				pauses.push(Date.parse(after.run_at) - Date.now());
			}
		}
		expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
		expect(pauses[0]).toBeGreaterThan(1000);
		expect(await jobs.claim(db, muchLater())).toBeUndefined();
	});

	test('a job given back untouched has not used up a try and is due at once', async () => {
		await jobs.enqueue(db, KIND, {});
		for (let times = 0; times < jobs.MAX_ATTEMPTS + 2; times++) {
			const job = await claimed();
			expect(job.attempts).toBe(1);
			await jobs.release(db, job);
		}
	});

	test('who starts alone takes up at once what a crash has left, and its try counts', async () => {
		const id = await jobs.enqueue(db, KIND, {});
		const done = await jobs.enqueue(db, KIND, {});
		const [first, second] = [await claimed(), await claimed()];
		await jobs.finish(db, first.id === done ? first : second);
		await jobs.releaseAll(db);
		expect(await claimed()).toMatchObject({ id, attempts: 2 });
		expect((await row(done)).state).toBe('done');
	});

	describe('the runner', () => {
		let runner: Runner | undefined;
		const start = (handlers: Handlers) => (runner = startRunner(db, handlers));
		beforeEach(() => {
			vi.spyOn(console, 'error').mockImplementation(() => undefined);
		});
		afterEach(async () => {
			await runner?.stop();
			runner = undefined;
			vi.restoreAllMocks();
		});
		const until = (isTrue: () => Promise<boolean> | boolean) =>
			vi.waitFor(async () => expect(await isTrue()).toBe(true), { timeout: 10_000 });
		const stateOf = async (id: string) => (await row(id)).state;

		test('does what waits, one after the other', async () => {
			const done: unknown[] = [];
			let atWork = 0;
			let mostAtWork = 0;
			const ids: string[] = [];
			for (let n = 0; n < 3; n++) {
				ids.push(await jobs.enqueue(db, KIND, n));
				await new Promise((resolve) => setTimeout(resolve, 3));
			}
			start({
				[KIND]: {
					run: async (payload) => {
						mostAtWork = Math.max(mostAtWork, ++atWork);
						await new Promise((resolve) => setTimeout(resolve, 5));
						done.push(payload);
						atWork--;
					}
				}
			});
			await until(async () => (await stateOf(ids[2] as string)) === 'done');
			expect(done).toEqual([0, 1, 2]);
			expect(mostAtWork).toBe(1);
		});

		test('looks at once when it is woken', async () => {
			const { promise: isRun, resolve: run } = Promise.withResolvers<undefined>();
			runner = startRunner(db, { [KIND]: { run: async () => run(undefined) } }, 3_600_000);
			// Asleep by then: it has looked and found nothing.
			await new Promise((resolve) => setTimeout(resolve, 200));
			await jobs.enqueue(db, KIND, {});
			runner.wake();
			await isRun;
		});

		test('finds work without being woken', async () => {
			const { promise: isRun, resolve: run } = Promise.withResolvers<undefined>();
			start({ [KIND]: { run: async () => run(undefined) } });
			await new Promise((resolve) => setTimeout(resolve, 100));
			await jobs.enqueue(db, KIND, {});
			await isRun;
		});

		test('stops by giving back what it is at, untouched', async () => {
			const id = await jobs.enqueue(db, KIND, {});
			const { promise: isAtWork, resolve: atWork } = Promise.withResolvers<undefined>();
			const { stop } = start({
				[KIND]: {
					run: (_payload, signal) =>
						new Promise((_resolve, reject) => {
							atWork(undefined);
							signal.addEventListener('abort', () => reject(signal.reason as Error));
						})
				}
			});
			await isAtWork;
			await stop();
			expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0, lease: null });
			await jobs.enqueue(db, KIND, {});
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(
				await db.selectFrom('job').where('state', '<>', 'waiting').select('id').execute()
			).toEqual([]);
		});

		test('gives up a job that took its process down five times, without running it', async () => {
			const id = await jobs.enqueue(db, KIND, { poison: true });
			for (let crash = 0; crash < jobs.MAX_ATTEMPTS; crash++) {
				await claimed();
				await jobs.releaseAll(db);
			}
			const run = vi.fn(async () => undefined);
			const givenUp = vi.fn(async () => undefined);
			start({ [KIND]: { run, givenUp } });
			await until(async () => (await stateOf(id)) === 'failed');
			await until(() => givenUp.mock.calls.length === 1);
			expect(givenUp).toHaveBeenCalledWith({ poison: true }, expect.any(Error));
			expect(run).not.toHaveBeenCalled();
		});

		test('tells a handler once when its job has failed for the last time', async () => {
			const id = await jobs.enqueue(db, KIND, { n: 1 });
			await db
				.updateTable('job')
				.set({ attempts: jobs.MAX_ATTEMPTS - 1 })
				.execute();
			const givenUp = vi.fn(async () => undefined);
			start({ [KIND]: { run: () => Promise.reject(new Error('disk full')), givenUp } });
			await until(() => givenUp.mock.calls.length > 0);
			expect(await row(id)).toMatchObject({ state: 'failed', last_error: 'disk full' });
			expect(givenUp.mock.calls).toEqual([[{ n: 1 }, new Error('disk full')]]);
		});

		test('goes on with the next job after one that fails, that nobody knows, or that cannot even be given up', async () => {
			await jobs.enqueue(db, 'nobody-knows', {});
			await jobs.enqueue(db, 'fails', {});
			await jobs.enqueue(db, 'cannot-be-given-up', {});
			await db
				.updateTable('job')
				.set({ attempts: jobs.MAX_ATTEMPTS - 1 })
				.execute();
			const fail = () => Promise.reject(new Error('on purpose'));
			const last = await jobs.enqueue(db, KIND, {});
			const later = new Date(Date.now() + 1).toISOString();
			await db.updateTable('job').set({ run_at: later }).where('id', '=', last).execute();
			start({
				fails: { run: fail },
				'cannot-be-given-up': { run: fail, givenUp: fail },
				[KIND]: { run: async () => undefined }
			});
			await until(async () => (await stateOf(last)) === 'done');
		});
	});
});
