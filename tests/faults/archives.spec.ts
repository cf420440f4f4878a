/** Archives made to do harm, sent as an instructor's page sends them: refused, and nothing is left. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { aCourseOf, archiveOf } from '../support/archived.ts';
import * as films from '../support/films.ts';
import { aPerson } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';
import type { Caller } from './caller.ts';
import { hostile } from './hostile-archives.ts';
import { databaseOf, signedIn } from './town.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
let teacher: Caller;
let film: Buffer;
test.beforeAll(async () => {
	film = await readFile(await films.demonstration(2));
	server = await startServer();
	db = databaseOf(server);
	teacher = await signedIn(db, server, await aPerson(db, 'instructor'));
});
test.afterAll(async () => {
	await db.destroy();
	await server.remove();
});

/** The protocol by hand (tests/faults/tus.ts is for videos). */
async function send(bytes: Buffer): Promise<string> {
	const ours = { 'tus-resumable': '1.0.0', 'sec-fetch-site': 'same-origin' };
	const filename = Buffer.from('课程.zip').toString('base64');
	const created = await teacher.send('/archives', {
		method: 'POST',
		headers: {
			...ours,
			'upload-length': String(bytes.length),
			'upload-metadata': `filename ${filename}`
		}
	});
	expect(created.status).toBe(201);
	const location = created.headers.get('location') ?? '';
	const CHUNK = 5 * 1024 * 1024;
	for (let offset = 0; offset < bytes.length; offset += CHUNK) {
		const answer = await teacher.send(location, {
			method: 'PATCH',
			body: new Uint8Array(bytes.subarray(offset, offset + CHUNK)),
			headers: {
				...ours,
				'content-type': 'application/offset+octet-stream',
				'upload-offset': String(offset)
			}
		});
		expect(answer.status).toBe(204);
	}
	return location.split('/').at(-1) ?? '';
}

async function outcomeOf(id: string) {
	const isOver = (state: string | undefined) => state === 'done' || state === 'failed';
	const row = () =>
		db.selectFrom('course_import').selectAll().where('id', '=', id).executeTakeFirst();
	await expect.poll(async () => isOver((await row())?.state), { timeout: 60_000 }).toBe(true);
	return row();
}

/** Files of media and of what arrives; the courses there are. */
const left = async () => ({
	media: readdirSync(join(server.dataFolder, 'media'), { recursive: true })
		.map(String)
		.filter((name) => /[0-9a-f]{20}/.test(name) && !name.startsWith('.')),
	archives: readdirSync(join(server.dataFolder, 'archives')),
	courses: await db.selectFrom('course').select('id').execute(),
	tracks: await db.selectFrom('track').select('id').execute()
});

for (const [what, { bytesWith, code }] of Object.entries(hostile))
	test(`an archive ${what} is refused with its reason, and leaves nothing`, async () => {
		const before = readdirSync(server.dataFolder).includes('media') ? await left() : undefined;
		const outcome = await outcomeOf(await send(bytesWith(film)));
		expect(outcome).toMatchObject({ state: 'failed', course_id: null });
		expect((JSON.parse(outcome?.problem ?? '{}') as { code: string }).code).toBe(code);
		if (readdirSync(server.dataFolder).includes('media')) {
			const after = await left();
			expect(after).toEqual(before ?? { media: [], archives: [], courses: [], tracks: [] });
		}
	});

test('the same course unspoiled is taken: the refusals above are not for everybody', async () => {
	expect(await outcomeOf(await send(archiveOf(aCourseOf(film))))).toMatchObject({ state: 'done' });
	const page = await (await teacher.get('/teach/import')).text();
	expect(page).toContain(say('exchange_import_done'));
	expect(page).toContain(say('exchange_import_failed'));
});

test('whoever is no instructor sends no archive, and gets none of another', async () => {
	const stranger = await signedIn(db, server, await aPerson(db, 'instructor'));
	const trainee = await signedIn(db, server, await aPerson(db, 'trainee'));
	const [course] = await db.selectFrom('course').select('id').execute();
	expect((await stranger.get(`/teach/courses/${course?.id}/archive`)).status).toBe(404);
	const headers = {
		'tus-resumable': '1.0.0',
		'sec-fetch-site': 'same-origin',
		'upload-length': '9'
	};
	expect((await trainee.send('/archives', { method: 'POST', headers })).status).toBe(403);
	const [mine] = await db.selectFrom('course_import').select('id').execute();
	const asked = await stranger.send(`/archives/${mine?.id}`, { method: 'HEAD', headers });
	expect(asked.status).toBe(404);
});
