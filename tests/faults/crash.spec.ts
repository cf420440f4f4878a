import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import * as tracks from '#lib/server/media/tracks.ts';
import * as films from '../support/films.ts';
import { type Server, startServer } from '../support/server.ts';
import { encodersIn } from './processes.ts';
import { aLessonToFill, untilTrack } from './town.ts';
import * as tus from './tus.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
async function until(isSo: () => boolean, what: string): Promise<void> {
	for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 10) {
		if (isSo()) return;
		await pause(10);
	}
	throw new Error(`never: ${what}`);
}
const arrived = (location: string): number =>
	statSync(join(server.dataFolder, location), { throwIfNoEntry: false })?.size ?? 0;
const originalOf = (trackId: string) =>
	readFile(join(server.dataFolder, 'media/originals', trackId));

/** Bytes as a slow phone sends them: the last never come. */
const slowly = (bytes: Uint8Array, piece: number): ReadableStream<Uint8Array> => {
	let at = 0;
	return new ReadableStream({
		async pull(stream) {
			await pause(15);
			if (at < bytes.length) stream.enqueue(bytes.slice(at, (at += piece)));
		}
	});
};

test('an upload goes on from the byte it had reached when the server was killed, and arrives whole', async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server);
	const bytes = await readFile(await films.demonstration(6));
	const location = await tus.begin(teacher, { lessonId, sizeBytes: bytes.length });

	const sending = tus
		.patch(teacher, location, 0, slowly(bytes.subarray(0, bytes.length / 2), 16_384))
		.then(
			() => 'answered',
			() => 'cut off'
		);
	await until(() => arrived(location) > 50_000, 'some of it is here');
	await server.kill();
	expect(await sending).toBe('cut off');
	await server.start();

	const offset = await tus.offsetOf(teacher, location);
	expect(offset).toBeGreaterThan(50_000);
	expect(offset).toBeLessThan(bytes.length);
	expect((await tus.patch(teacher, location, offset, bytes.subarray(offset))).status).toBe(204);
	const track = await untilTrack(db, lessonId, 'demonstration', ({ state }) => state === 'ready');
	expect(sha256(await originalOf(track.id))).toBe(sha256(bytes));
	await db.destroy();
});

test('an upload whose last byte came just before the kill becomes its track when the phone asks again', async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server);
	const bytes = await readFile(await films.demonstration(6));
	const location = await tus.begin(teacher, { lessonId, sizeBytes: bytes.length });

	// Nobody else may write now: the server has the bytes, but cannot note that they are here.
	const lock = new SQLite(join(server.dataFolder, 'yun-wusheng.sqlite'));
	lock.exec('BEGIN IMMEDIATE');
	const sending = tus.patch(teacher, location, 0, bytes).then(
		({ ok }) => ok,
		() => false
	);
	await until(() => arrived(location) === bytes.length, 'all of it is here');
	await pause(200);
	await server.kill();
	lock.exec('ROLLBACK');
	lock.close();
	expect(await sending).toBe(false);
	await server.start();
	expect(await tracks.ofLesson(db, lessonId)).toEqual([]);

	expect(await tus.offsetOf(teacher, location)).toBe(bytes.length);
	const track = await untilTrack(db, lessonId, 'demonstration', ({ state }) => state === 'ready');
	expect(sha256(await originalOf(track.id))).toBe(sha256(bytes));
	await db.destroy();
});

/** Every file below a folder with its place on the disk and the time it was written. */
const filesIn = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => {
			const { ino, mtimeMs } = statSync(join(folder, name));
			return `${name} ${ino} ${mtimeMs}`;
		})
		.sort();

test('preparing a video survives two kills, leaves no ffmpeg behind, and prepares no finished one again', async () => {
	const { db, teacher, lessonId } = await aLessonToFill(server, 'sign_track');
	const send = async (kind: 'demonstration' | 'sign', film: string) =>
		tus.sendAll(teacher, { lessonId, kind }, await readFile(film));
	await send('sign', await films.webm(2));
	const sign = await untilTrack(db, lessonId, 'sign', ({ state }) => state === 'ready');
	const folder = join(server.dataFolder, 'media/renditions', sign.id);
	const finished = filesIn(folder);
	expect(finished.length).toBeGreaterThan(5);

	await send('demonstration', await films.large(16));
	/** Of each rung what is whole, by where its last segment ends; and where runs began. */
	const work = join(server.dataFolder, 'work');
	const inWork = (pattern: RegExp) =>
		readdirSync(work, { recursive: true, encoding: 'utf8' }).filter((name) => pattern.test(name));
	const begunAt = () =>
		inWork(/from-\d+$/)
			.map((name) => Number(name.split('-').pop()))
			.sort((a, b) => a - b);
	const keptAt = (): number => {
		const last = begunAt().at(-1) ?? 0;
		const counts = inWork(new RegExp(`from-${last}/\\d+\\.m3u8$`)).map(
			(name) => readFileSync(join(work, name), 'utf8').match(/EXTINF:2\.0/g)?.length ?? 0
		);
		return last + (counts.length < 3 ? 0 : Math.min(...counts));
	};
	let kept = 0;
	for (let kill = 1; kill <= 2; kill++) {
		const { state } = await untilTrack(
			db,
			lessonId,
			'demonstration',
			({ progressPermille }) => progressPermille > 0 && progressPermille < 1000
		);
		expect(state).toBe('preparing');
		await until(() => keptAt() > kept, 'some more of it is whole');
		expect(encodersIn(server.dataFolder)).not.toEqual([]);
		await server.kill();
		await until(() => encodersIn(server.dataFolder).length === 0, 'no ffmpeg is left');
		kept = keptAt();
		// What is half made is not offered to trainees.
		expect((await tracks.ofLesson(db, lessonId)).map((track) => track.digest)).toContain(null);
		await db
			.updateTable('track')
			.set({ progress_permille: 0 })
			.where('state', '=', 'preparing')
			.execute();
		await server.start();
		// What was whole is not made again: the next run begins behind it.
		await until(() => begunAt().at(-1) === kept, `a run from segment ${kept} on`);
	}
	expect(begunAt()[0]).toBe(0);
	const track = await untilTrack(
		db,
		lessonId,
		'demonstration',
		({ state }) => state !== 'preparing'
	);
	expect(track).toMatchObject({ state: 'ready', failureCode: null });
	const made = readdirSync(join(server.dataFolder, 'media/renditions', track.id));
	expect(made).toEqual([track.digest]);
	expect(filesIn(folder)).toEqual(finished);
	// Both pictures are put together next: then that too has cleared up behind itself.
	await until(() => readdirSync(join(server.dataFolder, 'work')).length === 0, 'nothing is left');
	const master = await teacher.get(`/media/${track.id}/${track.digest}/master.m3u8`);
	expect((await master.text()).match(/#EXT-X-STREAM-INF/g)?.length).toBeGreaterThanOrEqual(3);
	await db.destroy();
});

test('what was acknowledged before a kill is there after it', async () => {
	const { db, teacher, lessonId, courseId } = await aLessonToFill(server);
	for (let n = 1; n <= 3; n++) {
		const answer = await teacher.submit(`/teach/lessons/${lessonId}/edit`, {
			title: `第 ${n} 版`,
			summary: '',
			teachingMode: 'signed_at_source'
		});
		expect(answer.status).toBe(303);
		await server.kill();
		await server.start();
		expect(await (await teacher.get(`/teach/courses/${courseId}`)).text()).toContain(`第 ${n} 版`);
	}
	await db.destroy();
});
