/** What an instructor's pages rely on, beyond the making of courses, lessons and tracks themselves. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrackKind } from '#lib/domain/lessons.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as versions from '#lib/server/publication/versions.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const COURSE = { title: '月饼', summary: '', skillField: 'baking' } as const;
const LESSON = { title: '包馅', summary: '', teachingMode: 'silent_demonstration' } as const;

onBothDatabases('an instructor', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const editable = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	const pause = () => new Promise((resolve) => setTimeout(resolve, 3));

	describe('pressing twice', () => {
		test('makes one course and one lesson', async () => {
			const instructor = await made.anInstructor(db);
			const [courseId, lessonId] = [newId(), newId()];
			const make = () => courses.create(db, instructor, COURSE, courseId);
			await make();
			await make();
			const course = await courses.forEditing(db, instructor, courseId);
			const add = () => lessons.add(db, course, LESSON, lessonId);
			await add();
			await add();
			expect(await courses.taughtBy(db, instructor)).toMatchObject([
				{ id: courseId, lessonCount: 1 }
			]);
		});

		test("does not lead into another instructor's course", async () => {
			const { courseId } = await made.aCourse(db);
			const other = await made.anInstructor(db);
			await expect(courses.create(db, other, COURSE, courseId)).rejects.toThrow(NotFound);
		});
	});

	test('removes captions of a published lesson, of the draft only', async () => {
		const taught = await made.aPublishedLesson(db);
		const lesson = await editable(taught);
		await captions.remove(db, lesson, { language: 'zh-CN' });
		await captions.remove(db, lesson, { language: 'zh-CN' });
		expect(await captions.ofLesson(db, lesson.id)).toEqual([]);
		expect((await versions.newest(db, lesson.id))?.content.captions).toHaveLength(1);
	});

	test('is told of the first bad line, and how many others there are', async () => {
		const taught = await made.aCourseWithLesson(db);
		const bytes = new TextEncoder().encode(
			'WEBVTT\n\n00:09.000 --> 00:01.000\na\n\n00:0x.000 --> 00:02.000\nb\n'
		);
		const put = captions.put(db, await editable(taught), taught.instructor, {
			language: 'en',
			fileName: 'a.vtt',
			bytes
		});
		await expect(put).rejects.toMatchObject({
			problems: {
				file: { code: 'captions_endBeforeStart', values: { line: 3 } },
				'': { code: 'captions_others', values: { others: 1 } }
			}
		});
	});

	describe('whose upload is unfinished', () => {
		const begin = async ({ instructor, lessonId }: made.Taught, kind: TrackKind, name: string) => {
			await pause();
			const id = newId();
			await uploads.begin(db, instructor, id, { lessonId, kind, fileName: name, sizeBytes: 10 });
			return id;
		};
		const names = async ({ instructor, lessonId }: made.Taught) =>
			(await uploads.unfinishedOf(db, lessonId, instructor)).map(({ fileName }) => fileName);
		const twoVideos = () => made.aCourseWithLesson(db, { teachingMode: 'silent_demonstration' });

		test('is shown the newest of each kind', async () => {
			const taught = await twoVideos();
			await begin(taught, 'demonstration', 'old.mp4');
			await begin(taught, 'sign', 'sign.mp4');
			await begin(taught, 'demonstration', 'new.mp4');
			expect(await names(taught)).toEqual(['new.mp4', 'sign.mp4']);
			expect(await uploads.unfinishedOf(db, taught.lessonId, await made.anInstructor(db))).toEqual(
				[]
			);
		});

		test('is not shown what a finished one has overtaken', async () => {
			const taught = await twoVideos();
			await begin(taught, 'demonstration', 'old.mp4');
			await pause();
			await made.aReceivedUpload(db, taught);
			expect(await names(taught)).toEqual([]);
			await begin(taught, 'demonstration', 'new.mp4');
			expect(await names(taught)).toEqual(['new.mp4']);
		});

		test('can drop it, and nothing that has arrived', async () => {
			const taught = await twoVideos();
			await uploads.forget(db, await begin(taught, 'sign', 'sign.mp4'));
			expect(await names(taught)).toEqual([]);
			const arrived = await made.aReceivedUpload(db, taught);
			await uploads.forget(db, arrived);
			expect(await uploads.forSending(db, taught.instructor, arrived)).toBeDefined();
		});

		test('goes on when the lesson is published meanwhile: trainees keep the video they have', async () => {
			const taught = await made.aCourseWithLesson(db);
			await made.makeReady(db, taught);
			await begin(taught, 'demonstration', 'later.mp4');
			const upload = { lessonId: taught.lessonId, kind: 'demonstration' } as const;
			await uploads.assertWanted(db, taught.instructor, upload);
			await made.publish(db, taught);
			await uploads.assertWanted(db, taught.instructor, upload);
			const version = await versions.newest(db, taught.lessonId);
			const { demonstration } = await tracks.readyOf(db, taught.lessonId);
			expect(version?.content.demonstration.id).toBe(demonstration?.id);
		});
	});

	test('sees where each lesson of a course stands', async () => {
		const published = await made.aPublishedLesson(db);
		const draft = await made.addLesson(db, published);
		const waiting = await made.addLesson(db, published);
		await made.aReceivedUpload(db, waiting);
		const done = await made.addLesson(db, published);
		await made.makeReady(db, done);
		const states = await publication.statesOf(db, published.courseId);
		expect([published, draft, waiting, done].map(({ lessonId }) => states.get(lessonId))).toEqual([
			'published',
			'draft',
			'preparing',
			'publishable'
		]);
		expect(states.size).toBe(4);
	});

	test("is told that an iPhone's HEIC cannot be a cover", async () => {
		const heic = Buffer.concat([
			Buffer.from([0, 0, 0, 24]),
			Buffer.from('ftypheic\0\0\0\0mif1heic')
		]);
		await expect(courses.checkCover(heic)).rejects.toMatchObject({
			problems: { cover: { code: 'picture_is_heic' } }
		});
	});
});
