import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as outline from '#lib/server/courses/outline.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

onBothDatabases('building a course', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const aCourseWith = async (count: number) => {
		const { instructor, courseId } = await made.aCourse(db);
		const course = await courses.forEditing(db, instructor, courseId);
		const ids: string[] = [];
		for (let index = 0; index < count; index++)
			ids.push((await made.addLesson(db, { instructor, courseId })).lessonId);
		/** `:a one:bc`, lessons as letters in the order in which they were added. */
		const places = async () => {
			const { outline: all, titles } = await outline.ofCourse(db, courseId);
			const letter = (id: string) => 'abcdef'[ids.indexOf(id)];
			return all
				.map(
					({ unitId, lessonIds }) =>
						`${titles.get(unitId ?? '') ?? ''}:${lessonIds.map(letter).join('')}`
				)
				.join(' ');
		};
		return { instructor, course, ids, places };
	};

	test('the first unit takes in all lessons; new ones stand in the last', async () => {
		const { instructor, course, ids, places } = await aCourseWith(2);
		expect(await places()).toBe(':ab');
		await outline.addUnit(db, course, 'one');
		await outline.addUnit(db, course, 'two');
		ids.push((await made.addLesson(db, { instructor, courseId: course.id })).lessonId);
		expect(await places()).toBe(': one:ab two:c');
	});

	test('lessons go from unit to unit, and their order is the same for everybody', async () => {
		const { instructor, course, ids, places } = await aCourseWith(3);
		const one = await outline.addUnit(db, course, 'one');
		const two = await outline.addUnit(db, course, 'two');
		const lesson = await lessons.forEditing(db, instructor, ids[2] ?? '');
		await outline.moveLesson(db, lesson, 'down');
		expect(await places()).toBe(': one:ab two:c');
		await outline.moveUnit(db, course, two, 'up');
		expect(await places()).toBe(': two:c one:ab');
		expect((await lessons.ofCourse(db, course.id)).map(({ id }) => id)).toEqual([
			...[ids[2], ids[0], ids[1]]
		]);
		await outline.renameUnit(db, course, { unitId: one, title: 'uno' });
		await outline.removeUnit(db, course, two);
		expect(await places()).toBe(':c uno:ab');
	});

	test('a layout of a course that has changed meanwhile changes nothing', async () => {
		const { course, places } = await aCourseWith(2);
		const { outline: seen } = await outline.ofCourse(db, course.id);
		const reversed = [{ unitId: null, lessonIds: seen[0]?.lessonIds.toReversed() ?? [] }];
		await outline.arrange(db, course, reversed);
		expect(await places()).toBe(':ba');
		await outline.addUnit(db, course, 'one');
		await expect(outline.arrange(db, course, seen)).rejects.toBeInstanceOf(Conflict);
		const elsewhere = await aCourseWith(1);
		const foreign = (await outline.ofCourse(db, elsewhere.course.id)).outline;
		await expect(outline.arrange(db, course, foreign)).rejects.toBeInstanceOf(Conflict);
		expect(await places()).toBe(': one:ba');
		expect(await elsewhere.places()).toBe(':a');
	});

	test('a unit of another course can neither be renamed, moved nor removed', async () => {
		const [mine, theirs] = [await aCourseWith(1), await aCourseWith(1)];
		const unitId = await outline.addUnit(db, theirs.course, 'one');
		await outline.renameUnit(db, mine.course, { unitId, title: 'x' });
		await outline.moveUnit(db, mine.course, unitId, 'up');
		await outline.removeUnit(db, mine.course, unitId);
		expect(await theirs.places()).toBe(': one:a');
	});

	test('a colleague teaches the course too, until she is taken out; one always stays', async () => {
		const { instructor, course } = await aCourseWith(0);
		const colleague = await made.anInstructor(db);
		const entering = () => courses.forEditing(db, colleague, course.id);
		await expect(entering()).rejects.toBeInstanceOf(NotFound);
		const name = `instructor-${colleague.id}`;
		await instructors.add(db, course, name);
		await instructors.add(db, course, name);
		expect(await entering()).toMatchObject({ id: course.id });
		// Added within one millisecond, either may come first.
		const teaching = (await instructors.ofCourse(db, course)).map(({ id }) => id);
		expect(teaching.sort()).toEqual([instructor.id, colleague.id].sort());
		await instructors.remove(db, course, instructor.id);
		const last = instructors.remove(db, course, colleague.id);
		await expect(last).rejects.toBeInstanceOf(Invalid);
		const trainee = await made.aTrainee(db);
		for (const unknown of [`trainee-${trainee.id}`, 'nobody'])
			await expect(instructors.add(db, course, unknown)).rejects.toBeInstanceOf(Invalid);
	});

	test('a course in the archive takes no new class; those that have begun go on', async () => {
		const taught = await made.aPublishedLesson(db);
		const trainee = await made.anEnrolledTrainee(db, taught.courseId);
		const course = () => courses.forEditing(db, taught.instructor, taught.courseId);
		const offered = async () =>
			(await courses.published(db)).some(({ id }) => id === taught.courseId);
		expect(await offered()).toBe(true);
		await courses.archive(db, await course());
		expect(await offered()).toBe(false);
		const staff = await made.aStaffMember(db);
		const opening = classes.open(db, staff, { courseId: taught.courseId, title: '二班' });
		await expect(opening).rejects.toBeInstanceOf(Invalid);
		expect(await lessons.forWatching(db, trainee, taught.lessonId)).toBeDefined();
		await courses.unarchive(db, await course());
		expect(await offered()).toBe(true);
	});
});
