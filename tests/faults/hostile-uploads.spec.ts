import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demonstration } from '../support/films.ts';
import { aPerson } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { callerAt } from './caller.ts';
import { aLessonToFill, databaseOf, everything, signedIn, untilTrack } from './town.ts';
import * as tus from './tus.ts';

let server: Server;
let trap: HttpServer;
let connections = 0;
test.beforeAll(async () => {
	server = await startServer();
	trap = createServer((_, response) => response.end()).on('connection', () => connections++);
	await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
});
test.afterAll(async () => {
	trap.close();
	await server.remove();
});

const trapAddress = (): string => `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
const playlistOf = (uri: string): Buffer =>
	Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${uri}\n#EXT-X-ENDLIST\n`);

/** A tone in an MP4, without any picture. */
function soundOnly(): Buffer {
	const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1', '-c:a', 'aac'];
	const asStream = ['-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov', 'pipe:1'];
	return execFileSync(process.env.FFMPEG ?? 'ffmpeg', ['-v', 'error', ...tone, ...asStream]);
}

const hostile: Record<string, { bytes: () => Promise<Buffer> | Buffer; code: string }> = {
	'a text named .mp4': {
		bytes: () => Buffer.from('月饼的做法：先和面。\n'.repeat(50)),
		code: 'notAVideo'
	},
	'sound without a picture': { bytes: soundOnly, code: 'noPicture' },
	'a video cut off in the middle': {
		bytes: async () => (await readFile(await demonstration(6))).subarray(0, 40_000),
		code: 'damaged'
	},
	'a playlist of a file of this machine': {
		bytes: () => playlistOf('file:///etc/passwd'),
		code: 'notAVideo'
	},
	'a playlist of an address inside': {
		bytes: () => playlistOf(`${trapAddress()}/secret`),
		code: 'notAVideo'
	},
	'a concat script': {
		bytes: () => Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n'),
		code: 'notAVideo'
	},
	'a picture that names an address': {
		bytes: () =>
			Buffer.from(
				`<svg xmlns="http://www.w3.org/2000/svg"><image href="${trapAddress()}/x"/></svg>`
			),
		code: 'notAVideo'
	},
	'an MP4 in its first bytes, a playlist after them': {
		bytes: () =>
			Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp41'), playlistOf(trapAddress())]),
		code: 'damaged'
	}
};

for (const [what, { bytes, code }] of Object.entries(hostile))
	test(`${what} is refused with its reason, and nothing is made of it`, async () => {
		const { db, teacher, lessonId } = await aLessonToFill(server);
		const sent = await tus.sendAll(teacher, { lessonId }, await bytes());
		expect(sent.status).toBe(204);
		const track = await untilTrack(
			db,
			lessonId,
			'demonstration',
			({ state }) => state === 'failed' || state === 'ready'
		);
		expect(track).toMatchObject({ state: 'failed', failureCode: code, digest: null });
		const made = readdirSync(join(server.dataFolder, 'media'), { recursive: true });
		expect(made.filter((name) => String(name).includes(`renditions/${track.id}`))).toEqual([]);
		// The page says so in words, and the lesson cannot be published with it.
		const page = await teacher.get(`/teach/lessons/${lessonId}`);
		expect(page.status).toBe(200);
		expect(await page.text()).not.toMatch(/root:|ffprobe|Invalid data/);
		expect((await teacher.submit(`/teach/lessons/${lessonId}?/publish`)).status).toBe(400);
		await db.destroy();
	});

test('no hostile file has opened a connection', async () => {
	expect(connections).toBe(0);
	await (await fetch(trapAddress())).text(); // the trap does count
	expect(connections).toBe(1);
});

const refusedAtOnce: Record<string, { announced: Partial<tus.Announced>; status: number }> = {
	'an empty file': { announced: { sizeBytes: 0 }, status: 400 },
	'a file over 4 GiB': { announced: { sizeBytes: 4 * 1024 ** 3 + 1 }, status: 413 },
	'a length beyond counting': { announced: { sizeBytes: '9'.repeat(40) }, status: 400 },
	'a negative length': { announced: { sizeBytes: -1 }, status: 400 },
	'a length that is no number': { announced: { sizeBytes: '1e3' }, status: 400 },
	'a track that there is not': { announced: { kind: 'subtitles', sizeBytes: 9 }, status: 400 },
	'a track this lesson does not want': { announced: { kind: 'sign', sizeBytes: 9 }, status: 400 },
	'a lesson that is no id': { announced: { lessonId: '../../x', sizeBytes: 9 }, status: 400 },
	'a lesson that is not there': {
		announced: { lessonId: '00000000-0000-4000-8000-000000000000', sizeBytes: 9 },
		status: 404
	},
	'a name without an end': { announced: { filename: 'x'.repeat(5000), sizeBytes: 9 }, status: 400 }
};
for (const [what, { announced, status }] of Object.entries(refusedAtOnce))
	test(`${what} is refused before a byte is sent, and nothing changes`, async () => {
		const { db, teacher, lessonId } = await aLessonToFill(server);
		const before = await everything(db);
		const files = readdirSync(join(server.dataFolder, 'uploads')).length;
		const answer = await tus.create(teacher, { lessonId, sizeBytes: 9, ...announced });
		expect(answer.status).toBe(status);
		expect(await answer.text()).not.toMatch(/Error|\/tmp\/|\bat /);
		expect(await everything(db)).toBe(before);
		expect(readdirSync(join(server.dataFolder, 'uploads'))).toHaveLength(files);
		await db.destroy();
	});

const names = [
	'../../../../etc/cron.d/x',
	'..\\..\\x.mp4',
	'a\0b.mp4',
	'<script>alert(1)</script>.mp4',
	'"; filename="x',
	"'; drop table upload; --.mp4",
	'\u202egpj.exe',
	'$(touch x).mp4',
	'-i /etc/passwd',
	''
];
test('a file may have any name: it is shown as text and names nothing on the disk', async () => {
	for (const filename of names) {
		const { db, teacher, lessonId } = await aLessonToFill(server);
		await tus.sendAll(teacher, { lessonId, filename }, Buffer.from('no video'));
		const track = await untilTrack(db, lessonId, 'demonstration', (one) => one.state === 'failed');
		expect(track.failureCode).toBe('notAVideo');
		const html = await (await teacher.get(`/teach/lessons/${lessonId}`)).text();
		expect(html).not.toContain('<script>alert');
		await db.destroy();
	}
	for (const folder of ['uploads', 'media/originals'])
		for (const name of readdirSync(join(server.dataFolder, folder)))
			expect(name).toMatch(/^[0-9a-f-]{36}(\.json)?$/);
});

test("nobody else finds, fills, reads or ends an instructor's upload", async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server);
	const location = await tus.begin(teacher, { lessonId, sizeBytes: 8 });
	const before = await everything(db);
	const person = (role: 'instructor' | 'staff' | 'trainee') => aPerson(db, role);
	const colleague = await signedIn(db, server, await person('instructor'));
	expect((await tus.create(colleague, { lessonId, sizeBytes: 8 })).status).toBe(404);
	for (const [who, status] of [
		[colleague, 404],
		[await signedIn(db, server, await person('staff')), 403],
		[await signedIn(db, server, await person('trainee')), 403],
		[callerAt(server.origin), 401]
	] as const) {
		expect((await tus.patch(who, location, 0, Buffer.from('hijacked'))).status).toBe(status);
		expect((await tus.ask(who, location, 'DELETE')).status).toBe(status);
		const head = await tus.ask(who, location, 'HEAD');
		expect(head.status).toBe(status);
		expect(head.headers.has('upload-offset')).toBe(false);
		expect((await tus.create(who, { lessonId, sizeBytes: 8 })).status).toBe(status);
	}
	// What arrives is to be prepared, never handed out again: not even to its sender.
	expect((await tus.ask(teacher, location, 'GET')).status).toBe(405);
	expect(await tus.offsetOf(teacher, location)).toBe(0);
	const rows = (text: string) =>
		(JSON.parse(text) as [string, unknown[]][]).find(([table]) => table === 'upload');
	expect(rows(await everything(db))).toEqual(rows(before));
	await db.destroy();
});

test('an upload that is complete can no longer be changed or taken back', async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server);
	const location = await tus.begin(teacher, { lessonId, sizeBytes: 8 });
	await tus.patch(teacher, location, 0, Buffer.from('no video'));
	const track = await untilTrack(db, lessonId, 'demonstration', ({ state }) => state === 'failed');
	expect((await tus.ask(teacher, location, 'DELETE')).status).toBe(404);
	const again = await tus.patch(teacher, location, 0, Buffer.from('other!!!'));
	expect(again.status).toBeGreaterThanOrEqual(400);
	const kept = await readFile(join(server.dataFolder, 'media/originals', track.id), 'utf8');
	expect(kept).toBe('no video');
	await db.destroy();
});

test('more bytes than were announced are not taken', async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server);
	const location = await tus.begin(teacher, { lessonId, sizeBytes: 4 });
	expect((await tus.patch(teacher, location, 0, Buffer.from('far too many'))).status).toBe(413);
	expect((await tus.patch(teacher, location, 2, Buffer.from('ab'))).status).toBe(409);
	expect(await tus.offsetOf(teacher, location)).toBe(0);
	await db.destroy();
});

test('an upload id that climbs out of its folder leads nowhere', async () => {
	const db = databaseOf(server);
	const teacher = await signedIn(db, server, await aPerson(db, 'instructor'));
	const climbing = [
		'..%2f..%2fpackage.json',
		'..%5cx',
		'%2e%2e%2fyun-wusheng.sqlite',
		'x.json',
		'%00'
	];
	for (const id of climbing)
		for (const method of ['HEAD', 'DELETE'] as const)
			expect(`${id} ${(await tus.ask(teacher, `/uploads/${id}`, method)).status}`).toBe(
				`${id} 404`
			);
	await db.destroy();
});
