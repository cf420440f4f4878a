/**
 * What the worker makes once a lesson's tracks are there, by the real ffmpeg: both pictures in one
 * video, the pictures of steps, the clips of a glossary; and who may fetch them.
 */
import { copyFile, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { type App, openApp, startWorking } from '#lib/server/app.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import type { Runner } from '#lib/server/jobs/runner.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import { presentationOf, type Presentation } from '#lib/server/media/presentation.ts';
import * as processing from '#lib/server/media/processing.ts';
import * as steps from '#lib/server/media/steps.ts';
import { forStreaming } from '#lib/server/media/streaming.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import * as films from '../support/films.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

const folder = inFolder();
// ffmpeg works at the lowest priority: beside other tests it has to wait its turn.
const WITHIN_MS = 240_000;
vi.setConfig({ testTimeout: 2 * WITHIN_MS });
let app: App;
let runner: Runner;
let taught: made.Taught;
beforeAll(async () => {
	app = await openApp({ ...settingsFrom({ DATA_FOLDER: folder() }), worksHere: false });
	runner = await startWorking(app);
	taught = await made.aCourseWithLesson(app.db, { teachingMode: 'spoken_with_sign_track' });
	await send('demonstration', await films.demonstration(2));
	await send('sign', await films.webm(2));
	const short =
		'WEBVTT\n\n00:00.000 --> 00:01.000\n先洗手。\n\n00:01.000 --> 00:01.900\n再和面。\n';
	await made.addCaptions(app.db, taught, 'zh-CN', new TextEncoder().encode(short));
});
afterAll(async () => {
	await runner.stop();
	await app.close();
});

async function send(kind: TrackKind, file: string): Promise<void> {
	const { size } = await stat(file);
	const id = newId();
	const input = { lessonId: taught.lessonId, kind, fileName: basename(file), sizeBytes: size };
	await uploads.begin(app.db, taught.instructor, id, input);
	await copyFile(file, app.uploads.pathOf(id));
	await uploads.receive(app.db, id);
	runner.wake();
}

const editable = () => lessons.forEditing(app.db, taught.instructor, taught.lessonId);
const shown = async () =>
	presentationOf(app.db, await lessons.forWatching(app.db, taught.instructor, taught.lessonId));

/** The first presentation of which it is so. */
async function until(isSo: (presentation: Presentation) => unknown): Promise<Presentation> {
	for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(100)) {
		const presentation = await shown();
		if (presentation && isSo(presentation)) return presentation;
	}
	throw new Error(`not within ${WITHIN_MS} ms: ${JSON.stringify(await shown())}`);
}
const hasBoth = ({ composite }: Presentation) => composite?.side && composite.corner;

/** What an address answers for somebody: the bytes, or that there is nothing. */
async function fetched(actor: PersonActor, address: string): Promise<Buffer | 'not found'> {
	const [, , id = '', digest = '', file = ''] = address.split('/');
	try {
		const key = await forStreaming(app.db, actor, id, digest, file);
		return await readFile(join(app.settings.mediaFolder, key));
	} catch (error) {
		if (!(error instanceof NotFound)) throw error;
		return 'not found';
	}
}

test('both pictures become one video, in both layouts, once both are there', async () => {
	const { composite } = await until(hasBoth);
	for (const video of Object.values(composite ?? {})) {
		expect(String(await fetched(taught.instructor, video.src))).toContain('#EXT-X-STREAM-INF');
		const poster = await sharp(
			(await fetched(taught.instructor, video.poster)) as Buffer
		).metadata();
		expect(poster.width).toBe(video.width);
	}
});

test('they are made anew when the sign track is moved, and the old ones go', async () => {
	const before = await until(hasBoth);
	await timeline.placeSign(app.db, await editable(), { offsetMs: 500, sections: [] });
	expect((await shown())?.composite).toBeUndefined();
	runner.wake();
	const after = await until(hasBoth);
	const [old = '', fresh = ''] = [before.composite?.side?.src, after.composite?.side?.src];
	expect(fresh).not.toBe(old);
	expect(await fetched(taught.instructor, old)).toBe('not found');
	expect(await fetched(taught.instructor, fresh)).toBeInstanceOf(Buffer);
});

test('they are made anew when a track is replaced, and are not shown with another one', async () => {
	const before = await until(hasBoth);
	await send('sign', await films.webm(3));
	expect((await shown())?.composite).toBeUndefined();
	const after = await until(hasBoth);
	expect(after.sign?.src).not.toBe(before.sign?.src);
	expect(after.composite?.corner?.src).not.toBe(before.composite?.corner?.src);
});

test('a worker that stops in the middle leaves them to the next, which makes them once', async () => {
	await until(hasBoth);
	await timeline.placeSign(app.db, await editable(), { offsetMs: -700, sections: [] });
	runner.wake();
	const isBegun = async () =>
		(await app.db.selectFrom('composite').select('state').execute()).some(
			({ state }) => state === 'preparing'
		);
	while (!(await isBegun())) await pause(20);
	await runner.stop();
	runner = await startWorking(app);
	await until(hasBoth);
	const made = async () => {
		const rows = await app.db.selectFrom('composite').select(['layout', 'state']).execute();
		return rows.map(({ layout, state }) => `${layout} ${state}`).sort();
	};
	await expect.poll(made).toEqual(['corner ready', 'side ready']);
});

test('each step gets the picture of its moment, and a new one with a new video', async () => {
	const step = { title: '和面', startMs: 500, endMs: 2000, note: '' };
	await steps.put(app.db, await editable(), [{ ...step, pictureAtMs: 1990 }]);
	runner.wake();
	const before = await until(({ steps: all }) => all?.[0]?.picture);
	const address = before.steps?.[0]?.picture ?? '';
	expect(address).toMatch(/\/at-1990\.webp$/);
	const picture = (await fetched(taught.instructor, address)) as Buffer;
	expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 480 });
	await send('demonstration', await films.variableFrameRate(2));
	await until(({ demonstration }) => !address.startsWith(demonstration.src.slice(0, 44)));
	const after = await until(({ steps: all }) => all?.[0]?.picture);
	expect(after.steps?.[0]?.picture).not.toBe(address);
});

test('a word gets its sign as a short silent clip; what is no short clip is refused with a reason', async () => {
	const course = await courses.forEditing(app.db, taught.instructor, taught.courseId);
	await glossary.put(app.db, app.storage, course, [
		{ term: '和面', variants: [], explanation: '' },
		{ term: '洗手', variants: [], explanation: '' }
	]);
	const [first, second] = await glossary.list(app.db, course);
	const clipOf = async (id: string | undefined, file: string) =>
		glossary.setClip(app.db, app.storage, course, id ?? '', await readFile(file));
	await clipOf(first?.id, await films.demonstration(2));
	await clipOf(second?.id, await films.demonstration(31));
	await expect(clipOf(newId(), await films.webm(3))).rejects.toBeInstanceOf(NotFound);
	runner.wake();
	const { glossary: words } = await until(({ glossary: all }) => all?.[0]?.clip);
	const clip = words?.[0]?.clip;
	expect(clip).toMatchObject({ width: 640, height: 360 });
	const bytes = (await fetched(taught.instructor, clip?.src ?? '')) as Buffer;
	expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
	expect(bytes.includes('mp4a')).toBe(false);
	await becomes('failed', async () => (await glossary.list(app.db, course))[1]?.clipState);
	expect((await glossary.list(app.db, course))[1]).toMatchObject({ clipFailureCode: 'tooLong' });

	await glossary.put(app.db, app.storage, course, []);
	expect(await fetched(taught.instructor, clip?.src ?? '')).toBe('not found');
});

async function becomes(wanted: string, state: () => Promise<string | undefined>): Promise<void> {
	for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(100))
		if ((await state()) === wanted) return;
	throw new Error(`never ${wanted}`);
}

test('all of it is for those alone who may watch the lesson', async () => {
	const course = await courses.forEditing(app.db, taught.instructor, taught.courseId);
	await glossary.put(app.db, app.storage, course, [
		{ term: '和面', variants: [], explanation: '' }
	]);
	const [word] = await glossary.list(app.db, course);
	const film = await readFile(await films.webm(3));
	await glossary.setClip(app.db, app.storage, course, word?.id ?? '', film);
	runner.wake();
	const all = await until((it) => hasBoth(it) && it.glossary?.[0]?.clip && it.steps?.[0]?.picture);
	const addresses = [
		all.composite?.side?.src,
		all.composite?.corner?.poster,
		all.steps?.[0]?.picture,
		all.glossary?.[0]?.clip?.src
	].map((address) => address ?? '');
	expect((await tracks.ofLesson(app.db, taught.lessonId)).map(({ state }) => state)).toEqual([
		'ready',
		'ready'
	]);
	const elsewhere = await made.aPublishedLesson(app.db);
	await made.consentToFilming(app.db, taught);
	await made.approve(app.db, taught);
	await made.publish(app.db, taught);
	const enrolled = await made.anEnrolledTrainee(app.db, taught.courseId);
	const mayFetch = async (actor: PersonActor) =>
		Promise.all(addresses.map(async (address) => (await fetched(actor, address)) !== 'not found'));
	const [yes, no] = [true, false].map((may) => addresses.map(() => may));
	expect(await mayFetch(enrolled)).toEqual(yes);
	expect(await mayFetch(taught.instructor)).toEqual(yes);
	expect(await mayFetch(await made.aStaffMember(app.db))).toEqual(yes);
	expect(await mayFetch(await made.anEnrolledTrainee(app.db, elsewhere.courseId))).toEqual(no);
	expect(await mayFetch(elsewhere.instructor)).toEqual(no);
	expect(await mayFetch(await made.aTrainee(app.db))).toEqual(no);
	await made.withdraw(app.db, taught);
	expect(await mayFetch(enrolled)).toEqual(no);
	expect(await mayFetch(taught.instructor)).toEqual(yes);
});

test('a video taken away while it is prepared is prepared no further', async () => {
	const before = taught;
	taught = await made.aCourseWithLesson(app.db);
	const { lessonId } = taught;
	await send('demonstration', await films.large(20));
	const track = async () => (await tracks.ofLesson(app.db, lessonId))[0];
	await vi.waitUntil(async () => ((await track())?.progressPermille ?? 0) > 0, WITHIN_MS);
	const id = (await track())?.id ?? '';
	await processing.cancel(app.db, await editable(), id);
	const job = () =>
		app.db
			.selectFrom('job')
			.where('payload', 'like', `%${id}%`)
			.select(['state', 'last_error'])
			.executeTakeFirst();
	await vi.waitUntil(async () => (await job())?.state === 'done', WITHIN_MS);
	expect(await job()).toEqual({ state: 'done', last_error: null });
	const row = await app.db.selectFrom('track').where('id', '=', id).selectAll().executeTakeFirst();
	expect(row).toMatchObject({ state: 'preparing', digest: null });
	taught = before;
});
