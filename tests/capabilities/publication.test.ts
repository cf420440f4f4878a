import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as versions from '#lib/server/publication/versions.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aCourseWithLesson,
	addCaptions,
	addLesson,
	addSteps,
	approve,
	aReadyTrack,
	aReceivedUpload,
	consentToFilming,
	makeReady,
	publish,
	type Taught,
	withdraw
} from '../support/people.ts';

onBothDatabases('publication', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const needs = async ({ instructor, lessonId }: Taught) =>
		publication.needs(db, await lessons.forEditing(db, instructor, lessonId));
	const history = (lessonId: string) =>
		db
			.selectFrom('lesson_publication')
			.where('lesson_id', '=', lessonId)
			.orderBy('published_at')
			.selectAll()
			.execute();

	test('a lesson can be published once nothing a trainee needs is missing', async () => {
		const taught = await aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
		const others = ['steps_missing', 'consent_missing', 'review_missing'];
		expect(await needs(taught)).toEqual([
			...['demonstration_missing', 'sign_missing', 'captions_missing', ...others]
		]);
		await aReceivedUpload(db, taught);
		expect(await needs(taught)).toContain('demonstration_not_ready');
		await aReadyTrack(db, taught);
		await aReadyTrack(db, taught, 'sign');
		expect(await needs(taught)).toEqual(['captions_missing', ...others]);
		await addCaptions(db, taught);
		await addSteps(db, taught);
		await consentToFilming(db, taught);
		expect(await needs(taught)).toEqual(['review_missing']);
		await expect(publish(db, taught)).rejects.toBeInstanceOf(Invalid);
		expect(await publication.current(db, taught.lessonId)).toBeUndefined();
		await approve(db, taught);
		await publish(db, taught);
		expect(await publication.current(db, taught.lessonId)).toMatchObject({
			publishedBy: taught.instructor.displayName
		});
	});

	test('a second press publishes nothing twice, also at the same moment', async () => {
		const taught = await aCourseWithLesson(db);
		await makeReady(db, taught);
		await Promise.all([publish(db, taught), publish(db, taught)]);
		await publish(db, taught);
		expect(await history(taught.lessonId)).toHaveLength(1);
	});

	test('who published and who took back, and when, is kept through every turn', async () => {
		const taught = await aCourseWithLesson(db);
		const by = taught.instructor.id;
		await makeReady(db, taught);
		await publish(db, taught);
		await withdraw(db, taught);
		await withdraw(db, taught);
		expect(await publication.current(db, taught.lessonId)).toBeUndefined();
		await new Promise((resolve) => setTimeout(resolve, 5));
		await publish(db, taught);
		const turns = await history(taught.lessonId);
		expect(turns).toMatchObject([
			{ published_by: by, withdrawn_by: by, withdrawn_at: expect.any(String) as string },
			{ published_by: by, withdrawn_by: null, withdrawn_at: null }
		]);
	});

	test('each lesson of a course says in one word where it stands', async () => {
		const published = await aCourseWithLesson(db);
		await makeReady(db, published);
		await publish(db, published);
		const draft = await addLesson(db, published);
		const preparing = await addLesson(db, published, 'spoken_with_sign_track');
		await aReceivedUpload(db, preparing, 'sign');
		const publishable = await addLesson(db, published);
		await makeReady(db, publishable);
		const elsewhere = await aCourseWithLesson(db);
		const states = await publication.statesOf(db, published.courseId);
		expect(states.get(published.lessonId)).toBe('published');
		expect(states.get(draft.lessonId)).toBe('draft');
		expect(states.get(preparing.lessonId)).toBe('preparing');
		expect(states.get(publishable.lessonId)).toBe('publishable');
		expect(states.has(elsewhere.lessonId)).toBe(false);
	});

	test('whatever arrives in the moment of publishing, trainees get a lesson that plays', async () => {
		for (let round = 0; round < 5; round++) {
			const taught = await aCourseWithLesson(db);
			const ready = await makeReady(db, taught);
			const id = newId();
			const input = { kind: 'demonstration', fileName: 'b.mp4', sizeBytes: 1 } as const;
			await uploads.begin(db, taught.instructor, id, { ...input, lessonId: taught.lessonId });
			const both = [() => publish(db, taught), () => uploads.receive(db, id)];
			if (round % 2) both.reverse();
			await Promise.allSettled(both.map((work) => work()));
			expect(await needs(taught)).toContain('demonstration_not_ready');
			const isPublished = (await publication.current(db, taught.lessonId)) !== undefined;
			const version = await versions.newest(db, taught.lessonId);
			expect(version?.content.demonstration.id).toBe(isPublished ? ready : undefined);
		}
	});

	test('a video taken in place of a ready one has to be ready in its turn', async () => {
		const taught = await aCourseWithLesson(db);
		await makeReady(db, taught);
		expect(await needs(taught)).toEqual([]);
		await aReceivedUpload(db, taught);
		expect(await needs(taught)).toEqual([
			...[
				'demonstration_not_ready',
				'steps_without_pictures',
				'consent_outdated',
				'review_outdated'
			]
		]);
	});
});
