/** Captions in full and in plain words, and two people who save them. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as captions from '#lib/server/media/captions.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const vtt = (words: string) => `WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n${words}\n`;
const PLAIN = { language: 'zh-CN', tier: 'plain' } as const;
const FULL = { language: 'zh-CN', tier: 'full' } as const;

onBothDatabases('captions in two tiers', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const aLesson = async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		const save = (which: typeof FULL | typeof PLAIN, words: string, baseRevision: number) =>
			captions.save(db, lesson, taught.instructor, { ...which, webvtt: vtt(words), baseRevision });
		return { ...taught, lesson, save };
	};

	test('stand side by side, and each counts its revisions', async () => {
		const { lesson, save } = await aLesson();
		expect(await save(FULL, '把糖浆倒进面粉', 0)).toEqual({ revision: 1 });
		expect(await save(PLAIN, '倒糖浆', 0)).toEqual({ revision: 1 });
		expect(await save(PLAIN, '糖浆倒进去', 1)).toEqual({ revision: 2 });
		expect(await captions.ofLesson(db, lesson.id)).toMatchObject([
			{ tier: 'full', revision: 1 },
			{ tier: 'plain', revision: 2 }
		]);
		expect((await captions.find(db, lesson, FULL))?.webvtt).toBe(vtt('把糖浆倒进面粉'));
	});

	test('whoever saves on an old revision is told who was faster, and nothing changes', async () => {
		const { lesson, save, instructor } = await aLesson();
		await save(FULL, '一', 0);
		await save(FULL, '二', 1);
		for (const base of [0, 1, 3]) {
			await expect(save(FULL, '三', base)).rejects.toMatchObject({
				now: { revision: 2, savedBy: instructor.displayName, savedAt: expect.any(String) }
			});
		}
		expect((await captions.find(db, lesson, FULL))?.webvtt).toBe(vtt('二'));
	});

	test('of two who save at once, one is told', async () => {
		const { save } = await aLesson();
		await save(FULL, '一', 0);
		const both = await Promise.allSettled([save(FULL, '二', 1), save(FULL, '三', 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	test('a file put in their place is a revision too, and one taken away is none', async () => {
		const { lesson, save, instructor } = await aLesson();
		await save(FULL, '一', 0);
		const bytes = new TextEncoder().encode(vtt('文件'));
		await captions.put(db, lesson, instructor, { ...FULL, fileName: 'a.vtt', bytes });
		await expect(save(FULL, '二', 1)).rejects.toMatchObject({ now: { revision: 2 } });
		await captions.remove(db, lesson, FULL);
		await expect(save(FULL, '二', 2)).rejects.toMatchObject({ now: { revision: 0 } });
	});

	test('what cannot be read is refused with its line', async () => {
		const { lesson, instructor } = await aLesson();
		const bad = { ...FULL, webvtt: 'WEBVTT\n\n00:09.000 --> 00:01.000\na\n', baseRevision: 0 };
		await expect(captions.save(db, lesson, instructor, bad)).rejects.toMatchObject({
			problems: { file: { code: 'captions_endBeforeStart', values: { line: 3 } } }
		});
		expect(await captions.find(db, lesson, FULL)).toBeUndefined();
	});

	test('plain words alone do not make a lesson ready', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.makeReady(db, taught);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		await captions.save(db, lesson, taught.instructor, {
			...PLAIN,
			webvtt: vtt('洗手'),
			baseRevision: 0
		});
		await captions.remove(db, lesson, FULL);
		expect(await publication.needs(db, lesson)).toContain('captions_missing');
		await made.addCaptions(db, taught);
		await made.approve(db, taught);
		await made.publish(db, taught);
		await captions.remove(db, lesson, PLAIN);
		const [{ revision = 0 } = {}] = await captions.ofLesson(db, lesson.id);
		const mended = { ...FULL, webvtt: vtt('先洗手'), baseRevision: revision };
		expect(await captions.save(db, lesson, taught.instructor, mended)).toEqual({
			revision: revision + 1
		});
	});

	test('a viewer may choose either of one language', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.makeReady(db, taught);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		await captions.save(db, lesson, taught.instructor, {
			...PLAIN,
			webvtt: vtt('洗手'),
			baseRevision: 0
		});
		const shown = await presentationOf(
			db,
			await lessons.forWatching(db, taught.instructor, taught.lessonId)
		);
		expect(shown?.captions.map(({ label, src }) => [label, src])).toEqual([
			['中文', `/media/captions/${lesson.id}/zh-CN.vtt`],
			['中文（简明）', `/media/captions/${lesson.id}/zh-CN.plain.vtt`]
		]);
		expect(new Set(shown?.captions.map(({ id }) => id)).size).toBe(2);
	});
});
