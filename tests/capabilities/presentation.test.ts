/** What a lesson's page gives its player. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PlayerProps } from '#lib/player/props.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as composites from '#lib/server/media/composites.ts';
import * as compositeQueries from '#lib/server/media/composites.queries.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as stepQueries from '#lib/server/media/steps.queries.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

onBothDatabases('a lesson’s presentation', (open) => {
	const folder = inFolder();
	let db: Kysely<Tables>;
	let storage: Storage;
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	const aLesson = async (teachingMode?: 'spoken_with_sign_track') => {
		const taught = await made.aCourseWithLesson(db, { ...(teachingMode && { teachingMode }) });
		const trackId = await made.aReadyTrack(db, taught);
		if (teachingMode) await made.aReadyTrack(db, taught, 'sign');
		await made.addCaptions(db, taught);
		const editable = () => lessons.forEditing(db, taught.instructor, taught.lessonId);
		const shown = async () =>
			presentationOf(db, await lessons.forWatching(db, taught.instructor, taught.lessonId));
		return { ...taught, trackId, editable, shown };
	};

	test('is all that a player takes, and no more than there is', async () => {
		const { shown, trackId, lessonId } = await aLesson();
		const props = (await shown()) satisfies PlayerProps | undefined;
		const base = `/media/${trackId}/${made.DIGEST}`;
		expect(props).toEqual({
			title: '揉面',
			durationMs: 60_000,
			isSignedAtSource: true,
			demonstration: expect.objectContaining({ src: `${base}/master.m3u8`, width: 1280 }),
			sign: undefined,
			sound: { src: `${base}/sound.m4a` },
			captions: [
				expect.objectContaining({ language: 'zh-CN', src: `/media/captions/${lessonId}/zh-CN.vtt` })
			]
		});
		expect(props?.captions[0]).not.toHaveProperty('regions');
	});

	test('has steps with what belongs to them, and a picture once it was taken', async () => {
		const { shown, editable, trackId } = await aLesson();
		await steps.put(db, await editable(), [
			{ title: '和面', startMs: 3000, endMs: 12_000, note: '' },
			{
				title: '烘烤',
				...{ startMs: 30_000, endMs: 40_000, pictureAtMs: 33_000 },
				note: '小心烫手',
				timer: { label: '烘烤', durationMs: 1_200_000 }
			}
		]);
		const before = await shown();
		expect(before?.steps).toEqual([
			{ id: expect.any(String), title: '和面', startMs: 3000, endMs: 12_000, pictureAtMs: 7500 },
			{
				id: expect.any(String),
				title: '烘烤',
				...{ startMs: 30_000, endMs: 40_000, pictureAtMs: 33_000 },
				note: '小心烫手',
				timer: { label: '烘烤', durationMs: 1_200_000 }
			}
		]);
		const id = before?.steps?.[1]?.id ?? '';
		await stepQueries.setPicture(db, { id, pictureAtMs: 33_000, trackId });
		expect((await shown())?.steps?.[1]).toMatchObject({
			picture: `/media/${trackId}/${made.DIGEST}/at-33000.webp`
		});
		expect((await shown())?.steps?.[0]).not.toHaveProperty('picture');
	});

	test('has turns, the place of the hands in shares, and where the sign track belongs', async () => {
		const { shown, editable } = await aLesson('spoken_with_sign_track');
		const hands = { startMs: 3000, endMs: 5000 };
		const turns = [
			{ startMs: 0, endMs: 5000, hands },
			{ startMs: 5000, endMs: 9000 }
		];
		await timeline.putTurns(db, await editable(), turns);
		const area = { startMs: 0, endMs: 5000, x: 250, y: 100, width: 500, height: 900 };
		await timeline.putAreas(db, await editable(), [area]);
		const sections = [
			{ lessonMs: 1000, mediaMs: 0, lengthMs: 4000 },
			{ lessonMs: 9000, mediaMs: 4000, lengthMs: 8000 }
		];
		await timeline.placeSign(db, await editable(), { offsetMs: -500, sections });
		expect(await shown()).toMatchObject({
			turns,
			demonstration: { action: [{ ...area, x: 0.25, y: 0.1, width: 0.5, height: 0.9 }] },
			sign: { offsetMs: -500, sections }
		});
	});

	test('has both pictures in one video as long as they are these pictures', async () => {
		const { shown, editable, lessonId } = await aLesson('spoken_with_sign_track');
		const [demonstrationDigest, signDigest] = [made.DIGEST, made.DIGEST];
		const digest = 'fedcba9876543210fedcba98';
		const row = { id: 'c1', lessonId, layout: 'side' as const, digest };
		const begin = (id: string) =>
			compositeQueries.setPreparing(db, {
				...{ ...row, id, demonstrationDigest, signDigest },
				...{
					placement: composites.placementOf({ signOffsetMs: 0, sections: [] }),
					supersededAt: null
				}
			});
		const id = crypto.randomUUID();
		await begin(id);
		expect(await shown()).not.toHaveProperty('composite');
		await compositeQueries.setReady(db, {
			...{ id, digest, width: 1500, height: 540, preparedBytes: 0 }
		});
		expect((await shown())?.composite).toEqual({
			side: {
				src: `/media/${id}/${digest}/master.m3u8`,
				poster: `/media/${id}/${digest}/poster.jpg`,
				thumbnailsSrc: `/media/${id}/${digest}/thumbnails.vtt`,
				...{ width: 1500, height: 540 }
			}
		});
		await timeline.placeSign(db, await editable(), { offsetMs: 1000, sections: [] });
		expect(await shown()).not.toHaveProperty('composite');
		// What was begun before the sign track was moved is ready too late.
		await compositeQueries.setReady(db, {
			...{ id, digest, width: 1500, height: 540, preparedBytes: 0 }
		});
		expect(await shown()).not.toHaveProperty('composite');
	});

	test('has the words of the course that stand in its captions, in whatever language', async () => {
		const { shown, instructor, courseId } = await aLesson();
		const course = await courses.forEditing(db, instructor, courseId);
		await glossary.put(db, storage, course, [
			{ term: '和面', variants: ['knead'], explanation: '做面团' },
			{ term: '模具', variants: ['mould'], explanation: '' },
			{ term: '卫生', variants: ['洗手'], explanation: '' }
		]);
		expect((await shown())?.glossary).toEqual([
			{ term: '和面', variants: ['knead'], explanation: '做面团' },
			{ term: '卫生', variants: ['洗手'] }
		]);
	});

	test('never reaches beyond the video, which may have become shorter', async () => {
		const taught = await aLesson();
		await steps.put(db, await taught.editable(), [
			{ title: '和面', startMs: 0, endMs: 20_000, note: '' },
			{ title: '烘烤', startMs: 20_000, endMs: 50_000, note: '' }
		]);
		await made.aReadyTrack(db, taught, 'demonstration', 10_000);
		expect((await taught.shown())?.steps).toMatchObject([{ title: '和面', endMs: 10_000 }]);
	});
});
