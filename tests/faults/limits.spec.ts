import { expect, test } from '@playwright/test';
import * as sessions from '#lib/server/people/sessions.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { type Server, startServer } from '../support/server.ts';
import { callerAt } from './caller.ts';
import { aTown, everything, PASSWORD, type Town } from './town.ts';

let server: Server;
let town: Town;
test.beforeAll(async () => {
	server = await startServer({ WORKER: 'separate' });
	town = await aTown(server);
});
test.afterAll(async () => {
	await town.db.destroy();
	await server.remove();
});

test('a program that holds a class code makes no people without end', async () => {
	const join = (n: number) =>
		callerAt(server.origin).submit(`/join/${town.params.code}?/register`, {
			displayName: '同学',
			signInName: `tongxue${n}`,
			password: PASSWORD
		});
	expect((await join(1)).status).toBe(303);
	const counted = town.db
		.updateTable('rate_limit')
		.set({ count: 100 })
		.where('bucket', 'like', 'register from%');
	expect((await counted.executeTakeFirst()).numUpdatedRows).toBe(1n);
	expect((await join(2)).status).toBe(429);
});

test('a trainee who invents thousands of gaps is stopped, and what was kept stays', async () => {
	const watch = (message: number) =>
		town.callers.trainee.send(`/learn/lessons/${town.lessonId}/watched`, {
			method: 'POST',
			body: JSON.stringify({
				// 200 spans of 1 ms in every message, none touching another.
				ranges: Array.from({ length: 200 }, (_, n) => {
					const at = (message * 200 + n) * 2;
					return [at, at + 1];
				}),
				positionMs: 0,
				positionAt: new Date().toISOString()
			}),
			headers: {
				'content-type': 'application/json',
				origin: server.origin,
				'sec-fetch-site': 'same-origin'
			}
		});
	// The town's trainee has seen it all; a fresh lesson's row holds what comes now.
	await town.db.deleteFrom('lesson_progress').execute();
	const answers: number[] = [];
	for (let message = 0; message < 12; message++) answers.push((await watch(message)).status);
	expect(answers).toEqual([...Array<number>(10).fill(200), 400, 400]);
	const kept = await progress.inLesson(town.db, town.people.trainee, town.lessonId);
	expect(kept.ranges).toHaveLength(2000);
});

test('limits and sessions that are over are not kept', async () => {
	const past = '2020-01-01T00:00:00.000Z';
	await sessions.begin(town.db, town.people.trainee.id, false);
	await town.db.updateTable('session').set({ expires_at: past }).execute();
	await town.db.deleteFrom('rate_limit').execute();
	const limit = (bucket: string, resets_at: string) => ({ bucket, count: 3, resets_at });
	await town.db
		.insertInto('rate_limit')
		.values([limit('over', past), limit('still on', '2999-01-01T00:00:00.000Z')])
		.execute();
	await server.kill();
	await server.start();
	await expect
		.poll(async () => {
			const [limits, sessionRows] = await Promise.all([
				town.db.selectFrom('rate_limit').select('bucket').execute(),
				town.db.selectFrom('session').select('person_id').execute()
			]);
			return [limits.map(({ bucket }) => bucket), sessionRows];
		})
		.toEqual([['still on'], []]);
});

test('asking without end for what is not there changes nothing and stops nothing', async () => {
	const before = await everything(town.db);
	const visitor = callerAt(server.origin);
	const asked = Array.from({ length: 200 }, (_, n) => visitor.get(`/verify/YWS-2026-${n}`));
	expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
	expect(await everything(town.db)).toBe(before);
	expect((await visitor.get('/health')).status).toBe(200);
});
