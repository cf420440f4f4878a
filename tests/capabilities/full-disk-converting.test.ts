/**
 * The disk fills while a video is made, or while something is written down: she is told why, nothing
 * half stays behind, and once there is room the same works.
 */
import { copyFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type App, openApp, startWorking } from '#lib/server/app.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { isDiskFull } from '#lib/server/disk-full.ts';
import { newId } from '#lib/server/ids.ts';
import { MAX_ATTEMPTS } from '#lib/server/jobs/jobs.ts';
import { originalOf } from '#lib/server/media/places.ts';
import * as processing from '#lib/server/media/processing.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import * as films from '../support/films.ts';
import * as made from '../support/people.ts';
import { aSmallDisk, type SmallDisk } from '../support/small-disk.ts';

const WITHIN_MS = 240_000;
vi.setConfig({ testTimeout: 2 * WITHIN_MS });
const MEGABYTE = 1024 ** 2;

let disk: SmallDisk;
let app: App;
beforeAll(async () => {
	disk = await aSmallDisk(64 * MEGABYTE);
	const opened = await openApp({ ...settingsFrom({ DATA_FOLDER: disk.folder }), worksHere: false });
	const { storage, settings } = opened;
	const transcoder = ffmpegTranscoder({
		storage,
		workFolder: settings.workFolder,
		freeBytes: () => disk.freeBytes()
	});
	app = { ...opened, transcoder };
});
afterAll(async () => {
	await app.close();
	await disk.close();
});

/** A file has arrived, and the next failure of its job is the last one. */
async function arrive(taught: made.Taught): Promise<string> {
	const file = await films.demonstration(6);
	const id = newId();
	const { size } = await stat(file);
	const about = { lessonId: taught.lessonId, kind: 'demonstration' as const };
	await uploads.begin(app.db, taught.instructor, id, {
		...{ ...about, fileName: basename(file), sizeBytes: size }
	});
	await copyFile(file, app.uploads.pathOf(id));
	await uploads.receive(app.db, id);
	await app.db
		.updateTable('job')
		.set({ attempts: MAX_ATTEMPTS - 1 })
		.execute();
	const [track] = await tracks.ofLesson(app.db, taught.lessonId);
	return track?.id ?? '';
}

async function worked(taught: made.Taught, state: 'failed' | 'ready') {
	const runner = await startWorking(app);
	try {
		for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(50)) {
			const [video] = (await processing.videosOf(app.db, taught.instructor)).current;
			if (video?.state === state) return video;
		}
		throw new Error(`not ${state} in time`);
	} finally {
		await runner.stop();
	}
}

const namesIn = (folder: string) => readdir(folder).catch((): string[] => []);

test('a disk that fills while a video is made is named as the reason, nothing half is left, and trying again works', async () => {
	const taught = await made.aCourseWithLesson(app.db);
	const trackId = await arrive(taught);
	await disk.fill(200_000);
	const failed = await worked(taught, 'failed');
	expect(failed.failureCode).toBe('diskFull');
	// What was sent is kept; of what was to be made of it there is nothing, and it holds no room.
	expect(await app.storage.stat(originalOf('track', trackId))).toBeDefined();
	expect(await namesIn(join(app.settings.mediaFolder, 'renditions'))).toEqual([]);
	expect(await namesIn(app.settings.workFolder)).toEqual([]);

	await disk.makeRoom();
	const lesson = await lessons.forEditing(app.db, taught.instructor, taught.lessonId);
	await processing.retry(app.db, lesson, trackId);
	const ready = await worked(taught, 'ready');
	expect([ready.id, ready.failureCode]).toEqual([trackId, null]);
});

/** The database finds no more room: by SQLite's own limit, and on the full disk where there is one. */
async function withoutRoom(work: () => Promise<void>): Promise<void> {
	await disk.fill(0);
	await sql`vacuum`.execute(app.db).catch(() => undefined);
	const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(app.db);
	await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count ?? 1))}`.execute(app.db);
	try {
		await work();
	} finally {
		await disk.makeRoom();
		await sql`pragma max_page_count = 1000000`.execute(app.db);
	}
}

test('while the database cannot write, what is asked is refused as a whole and pages can be read', async () => {
	const { instructor, courseId } = await made.aCourseWithLesson(app.db);
	const { value } = await sessions.begin(app.db, instructor.id, false);
	// So old that it is extended when it is used.
	const soon = new Date(Date.now() + 24 * 60 * 60_000).toISOString();
	await app.db.updateTable('session').set({ expires_at: soon }).execute();
	const count = async () =>
		(await app.db.selectFrom('lesson').where('course_id', '=', courseId).select('id').execute())
			.length;
	const course = await courses.forEditing(app.db, instructor, courseId);
	const addLesson = () =>
		lessons.add(app.db, course, {
			...{ title: '包馅', summary: '长'.repeat(3000), teachingMode: 'signed_at_source' as const }
		});
	await withoutRoom(async () => {
		// One row may still fit in where there was room before; many do not.
		const failed = await (async () => {
			for (let at = 0; at < 50; at++) await addLesson();
		})().catch((error: unknown) => error);
		expect(failed).toSatisfy(isDiskFull);
		const before = await count();
		await expect(addLesson()).rejects.toSatisfy(isDiskFull);
		expect(await count()).toBe(before);
		expect((await sessions.whoIs(app.db, value, false))?.actor.id).toBe(instructor.id);
	});
	const before = await count();
	await addLesson();
	expect(await count()).toBe(before + 1);
});
