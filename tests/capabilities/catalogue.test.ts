import { readFile } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import {
	linkedDataOf,
	linkedListOf
} from '../../src/routes/(public)/courses/[courseId]/linked-data.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

const folder = inFolder();

onBothDatabases('the public catalogue', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const published = () => made.aPublishedLesson(db);
	const isListed = async (courseId: string) =>
		(await catalogue.listed(db)).some(({ id }) => id === courseId);

	test('shows a course once its instructor or staff list it, until they take it off', async () => {
		const { instructor, courseId } = await published();
		const staff = await made.aStaffMember(db);
		expect(await isListed(courseId)).toBe(false);
		await expect(catalogue.course(db, courseId)).rejects.toThrow(NotFound);
		await catalogue.list(db, instructor, courseId, true);
		expect(await isListed(courseId)).toBe(true);
		await catalogue.list(db, staff, courseId, false);
		expect(await isListed(courseId)).toBe(false);
	});

	test('is not for others to change', async () => {
		const { courseId } = await published();
		const others = [await made.anInstructor(db), await made.aTrainee(db), VISITOR];
		for (const actor of others) {
			await expect(catalogue.list(db, actor, courseId, true)).rejects.toThrow(NotFound);
			await expect(catalogue.listable(db, actor)).rejects.toThrow(NotFound);
		}
		const staff = await made.aStaffMember(db);
		await expect(catalogue.list(db, staff, newId(), true)).rejects.toThrow(NotFound);
	});

	test('shows no course without a published lesson, and none of the archive', async () => {
		const draft = await made.aCourseWithLesson(db);
		const listing = catalogue.list(db, draft.instructor, draft.courseId, true);
		await expect(listing).rejects.toThrow(Invalid);
		const { instructor, courseId, lessonId } = await published();
		await catalogue.list(db, instructor, courseId, true);
		await courses.archive(db, await courses.forEditing(db, instructor, courseId));
		expect(await isListed(courseId)).toBe(false);
		await courses.unarchive(db, await courses.forEditing(db, instructor, courseId));
		expect(await isListed(courseId)).toBe(true);
		await db
			.updateTable('lesson_publication')
			.set({ withdrawn_at: '2026-11-27T01:00:00.000Z', withdrawn_by: instructor.id })
			.where('lesson_id', '=', lessonId)
			.execute();
		expect(await isListed(courseId)).toBe(false);
	});

	test('says of a course what is published, and nothing about people', async () => {
		const taught = await published();
		await made.addLesson(db, taught);
		await catalogue.list(db, taught.instructor, taught.courseId, true);
		const course = await catalogue.course(db, taught.courseId);
		expect(course.lessons).toMatchObject([
			{ id: taught.lessonId, isSigned: true, captionLanguages: ['zh-CN'], durationMs: 60_000 }
		]);
		expect(JSON.stringify(course)).not.toContain(taught.instructor.id);
		expect(JSON.stringify(course)).not.toContain(taught.instructor.displayName);
	});

	test('says of the whole list what each course has, and of a newer version what that has', async () => {
		const taught = await published();
		await catalogue.list(db, taught.instructor, taught.courseId, true);
		const captionsOf = async () => {
			const course = (await catalogue.listed(db)).find(({ id }) => id === taught.courseId);
			return course?.lessons.map(({ captionLanguages }) => captionLanguages);
		};
		expect(await captionsOf()).toEqual([['zh-CN']]);
		await made.addCaptions(db, taught, 'en');
		expect(await captionsOf()).toEqual([['zh-CN']]);
		await made.approve(db, taught);
		await made.publish(db, taught);
		expect(await captionsOf()).toEqual([['zh-CN', 'en']]);
		await versions.withholdAll(db, taught.lessonId);
		expect(await captionsOf()).toEqual([]);
	});

	test('gives the cover of a listed course alone, and only the one there is', async () => {
		const { instructor, courseId } = await published();
		const picture = await readFile('src/setup/demo/cover.webp');
		const course = await courses.forEditing(db, instructor, courseId);
		await courses.setCover(db, diskStorage(folder()), course, picture);
		const { coverKey } = await courses.forEditing(db, instructor, courseId);
		const file = coverKey?.split('/').at(-1) ?? '';
		await expect(catalogue.coverOf(db, courseId, file)).rejects.toThrow(NotFound);
		await catalogue.list(db, instructor, courseId, true);
		expect(await catalogue.coverOf(db, courseId, file)).toBe(coverKey);
		await expect(catalogue.coverOf(db, courseId, 'other.webp')).rejects.toThrow(NotFound);
	});
});

const lesson = {
	...{ title: '和面', summary: '', publishedAt: '2026-11-27T00:00:00.000Z', durationMs: 90_000 },
	...{ hasSound: true, isSigned: true, captionLanguages: ['zh-CN', 'en'] as const }
};
const course = { id: 'c', title: '月饼', summary: '', cover: undefined };
type Data = { accessibilityFeature?: string[]; inLanguage: string[]; timeRequired: string };
const dataOf = (lessons: Parameters<typeof linkedDataOf>[0]['lessons'], title = course.title) => {
	const text = linkedDataOf({ ...course, title, lessons }, 'https://example.org');
	return { text, data: JSON.parse(text) as Data };
};

test('a course claims what all its lessons have, and no more', () => {
	const { data } = dataOf([lesson, { ...lesson, isSigned: false, captionLanguages: ['zh-CN'] }]);
	expect(data.accessibilityFeature).toEqual(['captions', 'transcript']);
	expect(data.inLanguage).toEqual(['zh-CN']);
	expect(data.timeRequired).toBe('PT180S');
	const none = dataOf([{ ...lesson, isSigned: false, captionLanguages: [] }]).data;
	expect(none.accessibilityFeature).toBeUndefined();
	expect(none).not.toHaveProperty('accessModeSufficient');
});

test('no title ends the element its data stands in', () => {
	const title = '</script><script>alert(1)</script><!--';
	const { text } = dataOf([lesson], title);
	expect(text).not.toContain('<');
	const named = { id: 'a', title, summary: title, lessons: [lesson] };
	expect(linkedListOf([named], 'https://yun.example')).not.toContain('<');
});

test('the list names each course, its page, and what all of its lessons have', () => {
	const courses = [
		{ id: 'a', title: '广式月饼', summary: '', lessons: [lesson] },
		{ id: 'b', title: '刺绣', summary: '', lessons: [lesson, { ...lesson, isSigned: false }] }
	];
	expect(JSON.parse(linkedListOf(courses, 'https://yun.example'))).toMatchObject({
		itemListElement: [
			{
				position: 1,
				item: {
					...{ name: '广式月饼', url: 'https://yun.example/courses/a' },
					accessibilityFeature: ['signLanguage', 'captions', 'transcript']
				}
			},
			{ position: 2, item: { accessibilityFeature: ['captions', 'transcript'] } }
		]
	});
});
