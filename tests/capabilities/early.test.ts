/** A video can be looked at while it is being made, by those who make the lesson and nobody else. */
import { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as early from '#lib/server/media/early.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as trackQueries from '#lib/server/media/tracks.queries.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const BYTES = Buffer.from('0123456789');
/** Half of a film is made. */
const transcoder = {
	early: (target: string) =>
		Promise.resolve(
			target.endsWith('/in-the-making')
				? {
						...{ name: '360', width: 640, height: 360, durationMs: 4000, media: '360.mp4' },
						playlist: (untilMs: number) => `up to ${untilMs}`,
						sizeBytes: BYTES.length,
						read: (range?: { start: number; end: number }) =>
							Promise.resolve(Readable.from([BYTES.subarray(range?.start, (range?.end ?? 9) + 1)]))
					}
				: undefined
		)
};

onBothDatabases('an early look', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const inTheMaking = async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.aReceivedUpload(db, taught);
		const id = (await tracks.ofLesson(db, taught.lessonId))[0]?.id ?? '';
		await trackQueries.setPreparing(db, id);
		return { ...taught, id };
	};
	const looksOf = async ({ instructor, lessonId }: made.Taught) =>
		early.ofLesson(db, transcoder, await lessons.forEditing(db, instructor, lessonId));
	const ask = (actor: Parameters<typeof early.answer>[2], id: string, file: string, range = '') =>
		early.answer(
			...([db, transcoder, actor, { trackId: id, file: file.replace(/\?.*/, '') }] as const),
			new Request(`http://x/media/early/${id}/${file}`, { headers: range ? { range } : {} })
		);

	test('is there as soon as something is made, and gone when all of it is', async () => {
		const taught = await inTheMaking();
		expect(await looksOf(taught)).toEqual({});
		await trackQueries.setBegun(db, taught.id, 'in-the-making');
		const { demonstration } = await looksOf(taught);
		expect(demonstration).toMatchObject({ trackId: taught.id, durationMs: 4000, width: 640 });
		await trackQueries.setFailed(db, taught.id, 'damaged');
		expect(await looksOf(taught)).toEqual({});
		await made.aReadyTrack(db, taught);
		expect(await looksOf(taught)).toEqual({});
	});

	test('shows in the preview of who makes the lesson, not in what anybody else is given', async () => {
		const taught = await inTheMaking();
		await trackQueries.setBegun(db, taught.id, 'in-the-making');
		const lesson = await lessons.forWatching(db, taught.instructor, taught.lessonId);
		expect(await presentationOf(db, lesson)).toBeUndefined();
		const shown = await presentationOf(db, lesson, await looksOf(taught));
		expect(shown).toMatchObject({ durationMs: 4000 });
		expect(shown?.demonstration.src).toBe(`/media/early/${taught.id}/look.m3u8?until=4000`);
	});

	test('answers its playlist and its media, in ranges, and lets nobody keep them', async () => {
		const taught = await inTheMaking();
		await trackQueries.setBegun(db, taught.id, 'in-the-making');
		const playlist = await ask(taught.instructor, taught.id, 'look.m3u8?until=2000');
		expect(await playlist.text()).toBe('up to 2000');
		const media = await ask(taught.instructor, taught.id, '360.mp4', 'bytes=2-5');
		expect([media.status, await media.text()]).toEqual([206, '2345']);
		for (const { headers } of [playlist, media])
			expect(headers.get('cache-control')).toBe('private, no-store');
		for (const other of ['720.mp4', 'master.m3u8', '../360.mp4'])
			await expect(ask(taught.instructor, taught.id, other)).rejects.toBeInstanceOf(NotFound);
	});

	test('is for nobody but those who make the lesson', async () => {
		const taught = await inTheMaking();
		await trackQueries.setBegun(db, taught.id, 'in-the-making');
		const another = await made.addLesson(db, taught);
		await made.makeReady(db, another);
		await made.publish(db, another);
		const others = [
			VISITOR,
			await made.anInstructor(db),
			await made.aStaffMember(db),
			await made.anEnrolledTrainee(db, taught.courseId)
		];
		for (const other of others)
			for (const file of ['look.m3u8', '360.mp4'])
				await expect(ask(other, taught.id, file)).rejects.toBeInstanceOf(NotFound);
	});
});
