/** Films of work, made by the real ffmpeg: what is kept of them, and what is refused. */
import { execFile } from 'node:child_process';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { DiskFull } from '#lib/server/disk-full.ts';
import { newId } from '#lib/server/ids.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { giveUp, PREPARE_FILM, prepareNow } from '#lib/server/practice/films.ts';
import { workReceiver } from '#lib/server/practice/receiving.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as works from '#lib/server/practice/works.ts';
import { ffprobeLines, h264, openStudio, type Studio } from '../seams/transcoding/footage.ts';
import { aPracticeLesson } from '../support/handed-in.ts';

let db: Kysely<Tables>;
let studio: Studio;
const uploads = {
	pathOf: (id: string) => join(studio.folder, id),
	forgetNotes: async () => undefined
};
beforeAll(async () => {
	db = openSqlite(':memory:');
	await migrateToLatest(db, 'migrations');
	studio = await openStudio();
});
afterAll(async () => {
	await db.destroy();
	await studio.close();
});

const film = async (name: string, seconds: number, size: string, rate = 30) => {
	const source = `testsrc2=duration=${seconds}:size=${size}:rate=${rate}`;
	const path = join(studio.folder, name);
	await promisify(execFile)('ffmpeg', [
		...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', source],
		...['-f', 'lavfi', '-i', `sine=duration=${seconds}`, ...h264, '-c:a', 'aac'],
		...['-metadata', 'location=+39.0842+117.2009/', path]
	]);
	return path;
};

/** It arrives to the last byte, and its job is done. */
async function arrive(place: Awaited<ReturnType<typeof aPracticeLesson>>, path: string) {
	const id = newId();
	const receiver = workReceiver(studio.storage, studio.folder);
	const { size } = await stat(path);
	const metadata = { of: place.lessonId, kind: 'video' };
	await receiver.create(db, place.trainee, { id, size, metadata });
	await copyFile(path, uploads.pathOf(id));
	await Promise.all([receiver.receive(db, id), receiver.receive(db, id)]);
	return id;
}
const prepare = (workId: string) =>
	prepareNow(db, { ...studio, uploads }, { workId }, new AbortController().signal);
const workOf = async ({ trainee, lessonId }: Awaited<ReturnType<typeof aPracticeLesson>>) => {
	const [round] = (await submissions.ofLesson(db, trainee, lessonId)).rounds;
	return round && (await assessing.contentsOf(db, round)).works[0];
};

test('a film becomes one small file without sound or place; what was sent is gone', async () => {
	const place = await aPracticeLesson(db);
	const id = await arrive(place, await film('a.mp4', 2, '1920x1080'));
	const jobs = await db.selectFrom('job').where('kind', '=', PREPARE_FILM).selectAll().execute();
	expect(jobs.filter(({ payload }) => payload.includes(id))).toHaveLength(1);
	await prepare(id);
	await prepare(id);
	expect(await workOf(place)).toMatchObject({ state: 'ready', width: 1280, height: 720 });
	const key = await works.forFetching(db, place.trainee, id, 'clip.mp4');
	const kept = await ffprobeLines(
		studio.pathOf(key),
		...['-show_entries', 'stream=codec_type:format_tags=location']
	);
	expect(kept.filter((line) => line !== '')).toEqual(['video']);
	expect(await studio.storage.stat(`works/${id}/original`)).toBeUndefined();
	await works.remove(db, { ...studio, uploads }, await own(place), id);
	expect(await studio.storage.stat(key)).toBeUndefined();
});
const own = async ({ trainee, lessonId }: Awaited<ReturnType<typeof aPracticeLesson>>) => {
	const [round] = (await submissions.ofLesson(db, trainee, lessonId)).rounds;
	if (!round) throw new Error('nothing was handed in');
	return round;
};

test('what is no film, or too long a one, is said so and leaves nothing', async () => {
	const text = join(studio.folder, 'text.mp4');
	await writeFile(text, 'flour, sugar');
	const long = await film('long.mp4', 181, '64x64', 5);
	for (const [path, code] of [
		[text, 'notAVideo'],
		[long, 'tooLong']
	] as const) {
		const place = await aPracticeLesson(db);
		const id = await arrive(place, path);
		await prepare(id);
		expect(await workOf(place)).toMatchObject({ state: 'failed', failureCode: code });
		expect(await studio.storage.stat(`works/${id}/original`)).toBeUndefined();
	}
});

test('a film taken out while it is made leaves nothing, and one given up is said so', async () => {
	const place = await aPracticeLesson(db);
	const path = await film('b.mp4', 2, '640x360');
	const id = await arrive(place, path);
	const making = prepare(id);
	await works.remove(db, { ...studio, uploads }, await own(place), id);
	await making.catch(() => undefined);
	await prepare(id);
	expect(await studio.storage.stat(`works/${id}/clip.mp4`)).toBeUndefined();
	const second = await arrive(place, path);
	await giveUp(db, { workId: second }, new Error('ffmpeg is gone'));
	expect(await workOf(place)).toMatchObject({ state: 'failed', failureCode: 'ourFault' });
});

test('a film for which there is no room is said to be that', async () => {
	const place = await aPracticeLesson(db);
	const id = await arrive(place, await film('full.mp4', 2, '640x360'));
	await giveUp(db, { workId: id }, new DiskFull());
	expect(await workOf(place)).toMatchObject({ state: 'failed', failureCode: 'diskFull' });
});
