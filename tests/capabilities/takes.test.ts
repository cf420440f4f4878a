/** Recordings of a signer: what is taken, what stands for what, and what is made of them. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UploadMetadata } from '#lib/domain/courses.ts';
import type { TakeInput } from '#lib/domain/takes.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import * as joined from '#lib/server/media/joined-takes.ts';
import { takeOf } from '#lib/server/media/places.ts';
import * as processing from '#lib/server/media/processing.ts';
import * as takes from '#lib/server/media/takes.ts';
import { setState } from '#lib/server/media/takes.queries.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import { setFailed } from '#lib/server/media/tracks.queries.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as films from '../support/films.ts';
import * as made from '../support/people.ts';

const aTake = (wishes: Partial<TakeInput> = {}): TakeInput => ({
	...{ id: newId(), startMs: 0, endMs: 2000 },
	...{ alignMs: 100, trimStartMs: 100, trimEndMs: 2100, ...wishes }
});
const codeOf = (error: unknown): unknown =>
	error instanceof Invalid ? Object.values(error.problems)[0]?.code : error;
const problemOf = (work: Promise<unknown>) => work.then(() => 'none', codeOf);

describe('what a page says of a take', () => {
	const announced = (take: unknown, kind = 'sign') => {
		const metadata = { lessonId: newId(), kind, take, fileName: 'a.webm', sizeBytes: 9 };
		try {
			read(UploadMetadata, metadata);
			return 'taken';
		} catch (error) {
			return codeOf(error);
		}
	};
	const text = (wishes: object) => JSON.stringify({ ...aTake(), ...wishes });
	test.each<[string, unknown, string]>([
		['is taken when it makes sense', text({}), 'taken'],
		['begins before the lesson', text({ startMs: -1 }), 'time_odd'],
		['ends before it begins', text({ startMs: 3000 }), 'time_range'],
		['is longer than any lesson', text({ endMs: 7_200_001 }), 'time_odd'],
		['is trimmed to nothing', text({ trimEndMs: 100 }), 'take_too_short'],
		['has half a millisecond', text({ alignMs: 0.5 }), 'time_odd'],
		['has times that are words', text({ alignMs: '100' }), 'time_odd'],
		['has an empty id', text({ id: '' }), 'not_found'],
		['has an id of its own making', text({ id: '../../etc' }), 'not_found'],
		['is no JSON', '{"id":', 'unknown'],
		['is far too much', `"${'x'.repeat(600)}"`, 'unknown']
	])('%s', (_, take, answer) => {
		expect(announced(take)).toBe(answer);
	});
	test('is of the sign track, of no other', () => {
		expect(announced(text({}), 'demonstration')).toBe('track_not_wanted');
	});
});

onBothDatabases('takes', (open) => {
	let db: Kysely<Tables>;
	let folder: string;
	beforeAll(async () => {
		db = await open();
		folder = await mkdtemp(join(tmpdir(), 'takes-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	const aLesson = async (durationMs = 10_000) => {
		const taught = await made.aCourseWithLesson(db, { teachingMode: 'silent_demonstration' });
		await made.aReadyTrack(db, taught, 'demonstration', durationMs);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		return { ...taught, lesson };
	};
	type Lesson = Awaited<ReturnType<typeof aLesson>>;
	const announce = async ({ instructor, lessonId }: Lesson, take: TakeInput) => {
		const id = newId();
		const file = { lessonId, kind: 'sign' as const, fileName: 'a.webm', sizeBytes: 9 };
		await uploads.begin(db, instructor, id, { ...file, take });
		return id;
	};
	const send = async (lesson: Lesson, wishes: Partial<TakeInput> = {}) => {
		const take = aTake(wishes);
		await uploads.receive(db, await announce(lesson, take));
		return take;
	};
	/** As after it was looked at. */
	const ready = async (lesson: Lesson, wishes: Partial<TakeInput> = {}) => {
		const take = await send(lesson, wishes);
		await setState(db, take.id, 'ready', { duration_ms: 4000, width: 640, height: 480 });
		return take;
	};
	const idsOf = async ({ lessonId }: Lesson) =>
		(await takes.ofLesson(db, lessonId)).map(({ id }) => id);
	const makeTrack = ({ lesson, instructor }: Lesson) =>
		joined.makeTrack(db, lesson, instructor, '手语');
	const jobsOf = async (kind: string, about: string) =>
		(await db.selectFrom('job').where('kind', '=', kind).selectAll().execute()).filter(
			({ payload }) => payload.includes(about)
		);

	test('a take that has arrived is no track, and is looked at once', async () => {
		const lesson = await aLesson();
		const take = aTake();
		const id = await announce(lesson, take);
		expect(await takes.ofLesson(db, lesson.lessonId)).toEqual([]);
		await Promise.all([uploads.receive(db, id), uploads.receive(db, id)]);
		expect(await takes.ofLesson(db, lesson.lessonId)).toMatchObject([
			{ ...take, state: 'waiting' }
		]);
		expect(await jobsOf(takes.CHECK_TAKE, take.id)).toHaveLength(1);
		const kinds = (await tracks.ofLesson(db, lesson.lessonId)).map(({ kind }) => kind);
		expect(kinds).toEqual(['demonstration']);
	});

	test('lies within the demonstration, of a lesson that is theirs', async () => {
		const lesson = await aLesson();
		const late = aTake({ startMs: 9000, endMs: 10_001 });
		expect(await problemOf(announce(lesson, late))).toBe('times_beyond_end');
		const other = await aLesson();
		const foreign = announce({ ...lesson, instructor: other.instructor }, aTake());
		await expect(foreign).rejects.toBeInstanceOf(NotFound);
	});

	test('cannot take over a take of another lesson, or one that is here', async () => {
		const [mine, other] = [await aLesson(), await aLesson()];
		const take = await send(other);
		await expect(announce(mine, aTake({ id: take.id }))).rejects.toBeInstanceOf(NotFound);
		await expect(announce(other, aTake({ id: take.id }))).rejects.toBeInstanceOf(NotFound);
		await expect(takes.remove(db, mine.lesson, take.id)).rejects.toBeInstanceOf(NotFound);
		await expect(takes.putBack(db, mine.lesson, take.id)).rejects.toBeInstanceOf(NotFound);
		expect(await idsOf(other)).toEqual([take.id]);
	});

	test('announced a second time it is one take, and what was begun before can become nothing', async () => {
		const lesson = await aLesson();
		const take = aTake();
		const first = await announce(lesson, take);
		const second = await announce(lesson, take);
		await expect(uploads.receive(db, first)).rejects.toBeInstanceOf(NotFound);
		await uploads.receive(db, second);
		expect(await idsOf(lesson)).toEqual([take.id]);
		expect(await uploads.unfinishedOf(db, lesson.lessonId, lesson.instructor)).toEqual([]);
	});

	test('is not offered to be gone on with as if it were the whole sign track, and can be taken back', async () => {
		const lesson = await aLesson();
		const id = await announce(lesson, aTake());
		expect(await uploads.unfinishedOf(db, lesson.lessonId, lesson.instructor)).toEqual([]);
		await uploads.forget(db, id);
		await expect(uploads.receive(db, id)).rejects.toBeInstanceOf(NotFound);
	});

	test('a part recorded anew stands in place of the old one, which can be put back', async () => {
		const lesson = await aLesson();
		const [first, other] = [
			await ready(lesson),
			await ready(lesson, { startMs: 2000, endMs: 4000 })
		];
		const second = await ready(lesson, { startMs: 0, endMs: 1500 });
		expect(await idsOf(lesson)).toEqual([second.id, other.id]);
		await takes.putBack(db, lesson.lesson, first.id);
		expect(await idsOf(lesson)).toEqual([first.id, other.id]);
		await takes.remove(db, lesson.lesson, first.id);
		expect(await idsOf(lesson)).toEqual([other.id]);
	});

	test('become one sign track with its places, and turns where none were marked, in one go', async () => {
		const lesson = await aLesson();
		expect(await problemOf(makeTrack(lesson))).toBe('takes_missing');
		await ready(lesson, { startMs: 4000, endMs: 6000, trimStartMs: 600 });
		const waiting = await send(lesson, { trimEndMs: 2600 });
		expect(await problemOf(makeTrack(lesson))).toBe('takes_not_ready');
		await setState(db, waiting.id, 'ready', { duration_ms: 4000, width: 640, height: 480 });
		const trackId = await makeTrack(lesson);
		expect(await timeline.signPlacement(db, lesson.lessonId)).toEqual({
			offsetMs: 0,
			sections: [
				{ lessonMs: 0, mediaMs: 0, lengthMs: 2500 },
				{ lessonMs: 4500, mediaMs: 2500, lengthMs: 1500 }
			]
		});
		expect(await timeline.turnsOf(db, lesson.lessonId)).toEqual([
			{ startMs: 0, endMs: 2000 },
			{ startMs: 4000, endMs: 6000 }
		]);
		const all = await tracks.ofLesson(db, lesson.lessonId);
		expect(all.find(({ kind }) => kind === 'sign')).toMatchObject({
			id: trackId,
			state: 'waiting'
		});
		expect(await jobsOf(joined.JOIN_TAKES, trackId)).toHaveLength(1);
		// One that failed is joined once more: there is no film yet that could be prepared.
		await setFailed(db, trackId, 'diskFull');
		await processing.retry(db, lesson.lesson, trackId);
		expect(await jobsOf(joined.JOIN_TAKES, trackId)).toHaveLength(2);
		expect(await jobsOf(tracks.PREPARE_TRACK, trackId)).toEqual([]);
	});

	test('turns that were marked stay, and one that cannot be used stops it', async () => {
		const lesson = await aLesson();
		const marked = [{ startMs: 1000, endMs: 3000 }];
		await timeline.putTurns(db, lesson.lesson, marked);
		const take = await ready(lesson);
		await makeTrack(lesson);
		expect(await timeline.turnsOf(db, lesson.lessonId)).toEqual(marked);
		await setState(db, take.id, 'failed', { failure_code: 'damaged' });
		expect(await problemOf(makeTrack(lesson))).toBe('take_unusable');
	});

	test('another video as the sign track sends them away, and the places with them', async () => {
		const lesson = await aLesson();
		const take = await ready(lesson);
		await makeTrack(lesson);
		await made.aReceivedUpload(db, lesson, 'sign');
		expect(await idsOf(lesson)).toEqual([]);
		expect(await timeline.sectionsOf(db, lesson.lessonId)).toEqual([]);
		const storage = diskStorage(join(folder, newId()));
		await storage.put(takeOf(take.id), Buffer.from('bytes'));
		await takes.forgetNow(db, storage, { lessonId: lesson.lessonId });
		expect(await storage.stat(takeOf(take.id))).toBeUndefined();
		expect(await takes.receivedIds(db, lesson.lessonId)).toEqual([]);
	});

	test('what a joining still needs is not forgotten, though it was replaced since', async () => {
		const lesson = await aLesson();
		const take = await ready(lesson);
		await makeTrack(lesson);
		await ready(lesson);
		const storage = diskStorage(join(folder, newId()));
		await storage.put(takeOf(take.id), Buffer.from('bytes'));
		await takes.forgetNow(db, storage, { lessonId: lesson.lessonId });
		expect(await storage.stat(takeOf(take.id))).toBeDefined();
	});

	test('the database itself refuses what no schema has seen', async () => {
		const lesson = await aLesson();
		const { id } = await send(lesson);
		const change = (values: object) =>
			db.updateTable('take').set(values).where('id', '=', id).execute();
		await expect(change({ start_ms: -1 })).rejects.toThrow();
		await expect(change({ end_ms: 0 })).rejects.toThrow();
		await expect(change({ trim_end_ms: 0 })).rejects.toThrow();
		await expect(change({ state: 'ready' })).rejects.toThrow();
	});

	test('are probed, joined and made ready; killed in the middle, it is done again and done once', async () => {
		const lesson = await aLesson();
		const place = join(folder, newId());
		const storage = diskStorage(join(place, 'media'));
		const transcoder = ffmpegTranscoder({ storage, workFolder: join(place, 'work') });
		const arrivals = await mkdtemp(join(folder, 'uploads-'));
		const tools = {
			...{ storage, transcoder },
			uploads: { pathOf: (id: string) => join(arrivals, id), forgetNotes: async () => undefined }
		};
		const [good, bad] = [aTake(), aTake({ startMs: 5000, endMs: 6000 })];
		// The camera stalled: the film ends two seconds before what was signed.
		const stalled = aTake({ startMs: 7000, endMs: 10_000, trimEndMs: 5100 });
		for (const [take, bytes] of [
			[good, await films.webm(3)],
			[bad, undefined],
			[stalled, await films.webm(3)]
		] as const) {
			const id = await announce(lesson, take);
			await (bytes
				? copyFile(bytes, join(arrivals, id))
				: writeFile(join(arrivals, id), 'no video'));
			await uploads.receive(db, id);
			await takes.checkNow(db, tools, { takeId: take.id });
			await takes.checkNow(db, tools, { takeId: take.id });
		}
		expect(await takes.ofLesson(db, lesson.lessonId)).toMatchObject([
			{ state: 'ready', width: 480, height: 360 },
			{ state: 'failed', failureCode: 'notAVideo' },
			{ state: 'failed', failureCode: 'damaged' }
		]);
		for (const { id } of [bad, stalled]) await takes.remove(db, lesson.lesson, id);
		const trackId = await makeTrack(lesson);
		const [job] = await jobsOf(joined.JOIN_TAKES, trackId);
		const payload = JSON.parse(job?.payload ?? '') as unknown;
		const killed = joined.joinNow(db, transcoder, payload, AbortSignal.timeout(30));
		await expect(killed).rejects.toThrow();
		expect(await storage.stat(`originals/${trackId}`)).toBeUndefined();
		const never = new AbortController().signal;
		await joined.joinNow(db, transcoder, payload, never);
		await joined.joinNow(db, transcoder, payload, never);
		expect((await transcoder.probe(`originals/${trackId}`)).durationMs).toBe(2000);
		expect(await jobsOf(tracks.PREPARE_TRACK, trackId)).not.toHaveLength(0);
	});
});
