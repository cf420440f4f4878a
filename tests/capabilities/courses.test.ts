import type { Kysely } from 'kysely';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { type Actor, type PersonActor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as v from 'valibot';
import { CourseForm } from '#lib/domain/courses.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as versions from '#lib/server/publication/versions.ts';
import * as outline from '#lib/server/courses/outline.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aCourse,
	aCourseWithLesson,
	addLesson,
	anEnrolledTrainee,
	anInstructor,
	aPublishedLesson,
	aStaffMember,
	aTrainee,
	withdraw
} from '../support/people.ts';
import { inFolder } from '../support/folders.ts';

const INPUT = { title: '苏式月饼', summary: '酥皮', skillField: 'baking' } as const;
const LESSON = { title: '包馅', summary: '', teachingMode: 'silent_demonstration' } as const;

onBothDatabases('courses and lessons', (open) => {
	let db: Kysely<Tables>;
	let instructor: PersonActor;
	let other: PersonActor;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		[instructor, other] = [await anInstructor(db), await anInstructor(db)];
	});
	const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error);

	test('an instructor makes a course and teaches it; nobody else may make one', async () => {
		const id = await courses.create(db, instructor, INPUT);
		expect(await courses.forEditing(db, instructor, id)).toMatchObject({
			...INPUT,
			instructorIds: [instructor.id]
		});
		for (const actor of [await aTrainee(db), await aStaffMember(db), VISITOR, SYSTEM])
			await expect(courses.create(db, actor, INPUT)).rejects.toBeInstanceOf(NotAllowed);
	});

	test('a form sent twice makes one course', async () => {
		const maker = await anInstructor(db);
		const id = newId();
		await Promise.all([courses.create(db, maker, INPUT, id), courses.create(db, maker, INPUT, id)]);
		expect((await courses.taughtBy(db, maker)).map((course) => course.id)).toEqual([id]);
		expect((await courses.forEditing(db, maker, id)).instructorIds).toEqual([maker.id]);
	});

	test("somebody else's id makes no course and tells nothing", async () => {
		const id = await courses.create(db, instructor, INPUT);
		expect(await refusal(courses.create(db, other, INPUT, id))).toBeInstanceOf(NotFound);
	});

	test('"not yours" and "not there" are one answer', async () => {
		const { courseId, lessonId } = await aCourseWithLesson(db, { instructor });
		const strangers: Actor[] = [other, await aTrainee(db), await aStaffMember(db), VISITOR];
		for (const actor of strangers) {
			expect(await refusal(courses.forEditing(db, actor, courseId))).toEqual(
				await refusal(courses.forEditing(db, actor, newId()))
			);
			expect(await refusal(lessons.forEditing(db, actor, lessonId))).toBeInstanceOf(NotFound);
		}
	});

	test('a list holds what its reader teaches, with lessons in all and published', async () => {
		const maker = await anInstructor(db);
		const { courseId } = await aPublishedLesson(db, { instructor: maker });
		await addLesson(db, { instructor: maker, courseId });
		expect(await courses.taughtBy(db, maker)).toMatchObject([
			{ id: courseId, lessonCount: 2, publishedCount: 1 }
		]);
		expect(await courses.taughtBy(db, await anInstructor(db))).toEqual([]);
	});

	test('a class can be opened on courses with something to watch, and no others', async () => {
		const shown = await aPublishedLesson(db);
		const empty = await aCourse(db);
		const taken = await aPublishedLesson(db);
		await withdraw(db, taken);
		const ids = (await courses.published(db)).map(({ id }) => id);
		expect(ids).toContain(shown.courseId);
		expect(ids).not.toContain(empty.courseId);
		expect(ids).not.toContain(taken.courseId);
	});

	test('a course is changed as it was written', async () => {
		const { courseId } = await aCourse(db, instructor);
		const course = await courses.forEditing(db, instructor, courseId);
		await courses.change(db, course, { ...INPUT, title: '冰皮月饼', skillField: 'other' });
		expect(await courses.forEditing(db, instructor, courseId)).toMatchObject({
			title: '冰皮月饼',
			skillField: 'other'
		});
	});

	test('a course names the level it prepares for, for those who learn in it, until it does not', async () => {
		const { courseId, instructor } = await aPublishedLesson(db);
		const trainee = await anEnrolledTrainee(db, courseId);
		const course = await courses.forEditing(db, instructor, courseId);
		expect(await courses.preparing(db, trainee)).toEqual([]);
		const prepares = { occupation: '糕点面包烘焙工', level: 2 } as const;
		await courses.change(db, course, { ...INPUT, prepares });
		const named = { title: INPUT.title, occupation: '糕点面包烘焙工', skillLevel: 2 };
		expect(await courses.preparing(db, trainee)).toMatchObject([named]);
		expect(await courses.preparing(db, instructor)).toEqual([]);
		await courses.change(db, course, INPUT);
		expect(await courses.preparing(db, trainee)).toEqual([]);
	});

	test('an occupation is named with its level, and neither without the other', () => {
		const read = (fields: object) => {
			const input = { title: '月饼', summary: '', skillField: 'baking', ...fields };
			const { issues = [], output } = v.safeParse(CourseForm, input);
			return issues[0]?.message ?? (output as { prepares?: object }).prepares;
		};
		const occupation = '糕点面包烘焙工';
		expect(read({})).toBeUndefined();
		expect(read({ occupation: ' ', skillLevel: '' })).toBeUndefined();
		expect(read({ occupation, skillLevel: '2' })).toEqual({ occupation, level: 2 });
		expect(read({ occupation })).toBe('choose_one');
		expect(read({ skillLevel: '2' })).toBe('required');
		expect(read({ occupation, skillLevel: '9' })).toBe('choose_one');
	});

	test('lessons stand in the order in which they were added, and can be moved', async () => {
		const { courseId } = await aCourse(db, instructor);
		const course = await courses.forEditing(db, instructor, courseId);
		const ids: string[] = [];
		for (const title of ['一', '二', '三'])
			ids.push(await lessons.add(db, course, { ...LESSON, title }));
		const titles = async () => (await lessons.ofCourse(db, courseId)).map(({ title }) => title);
		const move = async (index: number, direction: 'up' | 'down') =>
			outline.moveLesson(db, await lessons.forEditing(db, instructor, ids[index] ?? ''), direction);
		expect(await titles()).toEqual(['一', '二', '三']);
		await move(2, 'up');
		expect(await titles()).toEqual(['一', '三', '二']);
		await move(0, 'up');
		await move(1, 'down');
		expect(await titles()).toEqual(['一', '三', '二']);
		await move(0, 'down');
		expect(await titles()).toEqual(['三', '一', '二']);
	});

	test('a lesson form sent twice adds one lesson; one with a lesson of elsewhere adds none', async () => {
		const { courseId } = await aCourse(db, instructor);
		const course = await courses.forEditing(db, instructor, courseId);
		const id = newId();
		await lessons.add(db, course, LESSON, id);
		await lessons.add(db, course, LESSON, id);
		expect(await lessons.ofCourse(db, courseId)).toHaveLength(1);
		const elsewhere = await aCourseWithLesson(db, { instructor: other });
		const stolen = lessons.add(db, course, LESSON, elsewhere.lessonId);
		await expect(stolen).rejects.toBeInstanceOf(NotFound);
	});

	test('what changes in a published lesson is the draft’s, how it is taught too', async () => {
		const published = await aPublishedLesson(db, { instructor });
		const lesson = await lessons.forEditing(db, instructor, published.lessonId);
		await lessons.change(db, lesson, { ...LESSON, title: '新的题目' });
		expect(await lessons.forEditing(db, instructor, lesson.id)).toMatchObject({
			...{ title: '新的题目', teachingMode: LESSON.teachingMode }
		});
		const version = await versions.newest(db, lesson.id);
		expect(version?.content).toMatchObject({ title: '揉面', teachingMode: 'signed_at_source' });
	});

	test('a lesson is watched by its class once published; by its instructors and staff before', async () => {
		const taught = await aPublishedLesson(db);
		const enrolled = await anEnrolledTrainee(db, taught.courseId);
		const outsiders = [await aTrainee(db), other, VISITOR];
		const insiders = [taught.instructor, await aStaffMember(db)];
		const mayWatch = async (actor: Actor) =>
			!((await refusal(lessons.forWatching(db, actor, taught.lessonId))) instanceof NotFound);
		expect(await mayWatch(enrolled)).toBe(true);
		await withdraw(db, taught);
		expect(await mayWatch(enrolled)).toBe(false);
		for (const actor of insiders) expect(await mayWatch(actor)).toBe(true);
		for (const actor of outsiders) expect(await mayWatch(actor)).toBe(false);
	});

	const picture = (width: number, height: number) =>
		sharp({ create: { width, height, channels: 3, background: '#c58b3a' } });

	test('a cover is turned upright, made small, and says nothing of where it was taken', async () => {
		const storage = diskStorage(folder());
		const { courseId } = await aCourse(db, instructor);
		const taken = await picture(2000, 1000)
			.withExif({ IFD0: { Orientation: '6', Copyright: '浙江省绍兴市' } })
			.withMetadata({ orientation: 6 })
			.jpeg()
			.toBuffer();
		const course = await courses.forEditing(db, instructor, courseId);
		await courses.setCover(db, storage, course, taken);
		const { coverKey } = await courses.forEditing(db, instructor, courseId);
		const { path } = await storage.localCopy(coverKey ?? '');
		const kept = await sharp(path).metadata();
		expect(kept).toMatchObject({ format: 'webp', width: 480, height: 960 });
		expect(kept.exif).toBeUndefined();
		expect(kept.orientation).toBeUndefined();
	});

	test('a new cover takes the place of the old one, of which nothing is left', async () => {
		const storage = diskStorage(folder());
		const { courseId } = await aCourse(db, instructor);
		const keys = [];
		for (const width of [400, 500]) {
			const course = await courses.forEditing(db, instructor, courseId);
			await courses.setCover(db, storage, course, await picture(width, 300).png().toBuffer());
			keys.push((await courses.forEditing(db, instructor, courseId)).coverKey ?? '');
		}
		const [old = '', current = ''] = keys;
		expect(await storage.stat(old)).toBeUndefined();
		expect(await storage.stat(current)).toBeDefined();
		const file = current.split('/').pop() ?? '';
		for (const actor of [instructor, await aStaffMember(db)])
			expect(await courses.forCover(db, actor, courseId, file)).toBe(current);
		for (const actor of [other, await aTrainee(db), VISITOR])
			await expect(courses.forCover(db, actor, courseId, file)).rejects.toBeInstanceOf(NotFound);
		const oldFile = old.split('/').pop() ?? '';
		const gone = courses.forCover(db, instructor, courseId, oldFile);
		await expect(gone).rejects.toBeInstanceOf(NotFound);
	});

	test.each([
		['a text', async () => Buffer.from('月饼'), 'not_a_picture'],
		['nothing', async () => Buffer.alloc(0), 'not_a_picture'],
		['a picture that breaks off', async () => broken(), 'not_a_picture'],
		['a stamp', () => picture(200, 200).png().toBuffer(), 'picture_too_small'],
		['an SVG, which may hold anything', async () => svg(), 'not_a_picture']
	])('%s is no cover, and nothing changes', async (_what, make, code) => {
		const storage = diskStorage(folder());
		const { courseId } = await aCourse(db, instructor);
		const course = await courses.forEditing(db, instructor, courseId);
		const refused = await refusal(courses.setCover(db, storage, course, await make()));
		expect((refused as Invalid).problems?.cover?.code).toBe(code);
		expect((await courses.forEditing(db, instructor, courseId)).coverKey).toBeNull();
	});
	const broken = async () => (await picture(800, 600).jpeg().toBuffer()).subarray(0, 700);
	const svg = () =>
		Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect/></svg>');
});
