/** Work nobody waits for: it never keeps somebody waiting. */
import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tables } from '#lib/server/database/tables.ts';
import * as jobs from '#lib/server/jobs/jobs.ts';
import { type Runner, startRunner } from '#lib/server/jobs/runner.ts';
import { onBothDatabases } from '../support/databases.ts';

onBothDatabases('background jobs', (open) => {
	let db: Kysely<Tables>;
	let runner: Runner | undefined;
	beforeAll(async () => {
		db = await open();
	});
	beforeEach(() => db.deleteFrom('job').execute());
	afterEach(async () => {
		await runner?.stop();
		runner = undefined;
	});

	test('come after every other job that is due, however long they have waited', async () => {
		const background = await jobs.enqueue(db, 'compose', {}, true);
		const first = await jobs.enqueue(db, 'prepare', {});
		const early = new Date(Date.now() - 60_000).toISOString();
		await db.updateTable('job').set({ run_at: early }).where('id', '=', background).execute();
		expect(await jobs.claim(db)).toMatchObject({ id: first, isBackground: false });
		expect(await jobs.claim(db)).toMatchObject({ id: background, isBackground: true });
	});

	test('are not counted among those somebody waits for', async () => {
		await jobs.enqueue(db, 'compose', {}, true);
		expect(await jobs.pending(db)).toBe(0);
		await jobs.enqueue(db, 'prepare', {});
		expect(await jobs.pending(db)).toBe(1);
		await jobs.claim(db);
		expect(await jobs.pending(db)).toBe(1);
	});

	test('make way when somebody comes, lose no try by it, and are taken up again', async () => {
		const done: string[] = [];
		const begun = Promise.withResolvers<undefined>();
		const again = Promise.withResolvers<undefined>();
		let times = 0;
		runner = startRunner(db, {
			compose: {
				run: (_payload, signal) =>
					new Promise((resolve, reject) => {
						times += 1;
						if (times > 1) {
							done.push('compose');
							resolve();
							return again.resolve(undefined);
						}
						begun.resolve(undefined);
						signal.addEventListener('abort', () => reject(signal.reason as Error));
					})
			},
			prepare: { run: async () => void done.push('prepare') }
		});
		const id = await jobs.enqueue(db, 'compose', {}, true);
		runner.wake();
		await begun.promise;
		await jobs.enqueue(db, 'prepare', {});
		await again.promise;
		expect(done).toEqual(['prepare', 'compose']);
		await runner.stop();
		const row = await db
			.selectFrom('job')
			.where('id', '=', id)
			.select(['attempts', 'state'])
			.executeTakeFirst();
		expect(row).toEqual({ attempts: 1, state: 'done' });
	});
});
