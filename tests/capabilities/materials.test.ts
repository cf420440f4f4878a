import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { MaterialsInput } from '#lib/domain/materials.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const LIST: MaterialsInput = {
	...{ count: 12, product: '月饼' },
	rows: [
		{ kind: 'material', name: '面粉', amount: 250_000, unit: 'g', note: '低筋' },
		{ kind: 'material', name: '盐', amount: null, unit: null, note: '' },
		{ kind: 'tool', name: '模具', amount: null, unit: null, note: '' }
	]
};

onBothDatabases('materials and tools', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});

	test('a list is kept in its order, replaced as a whole, and what was before can be put again', async () => {
		const { instructor, lessonId } = await made.aCourseWithLesson(db);
		const lesson = await lessons.forEditing(db, instructor, lessonId);
		const nothing = await materials.put(db, lesson, LIST);
		expect(nothing).toEqual({ count: null, product: '', rows: [] });
		expect(await materials.ofLesson(db, lesson)).toEqual(LIST);
		const shorter = { ...LIST, count: null, product: '', rows: LIST.rows.slice(1).toReversed() };
		expect(await materials.put(db, lesson, shorter)).toEqual(LIST);
		expect(await materials.ofLesson(db, lesson)).toEqual(shorter);
		await materials.put(db, lesson, LIST);
		expect(await materials.ofLesson(db, lesson)).toEqual(LIST);
	});

	test('her trainees read it once the lesson is published; nobody else writes or reads it', async () => {
		const taught = await made.aPublishedLesson(db);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		await materials.put(db, lesson, LIST);
		const trainee = await made.anEnrolledTrainee(db, taught.courseId);
		const seen = await lessons.forWatching(db, trainee, taught.lessonId);
		expect(await materials.ofLesson(db, seen)).toEqual(LIST);
		for (const actor of [trainee, await made.anInstructor(db), await made.aStaffMember(db)])
			await expect(lessons.forEditing(db, actor, taught.lessonId)).rejects.toBeInstanceOf(NotFound);
		await made.withdraw(db, taught);
		for (const actor of [trainee, await made.aTrainee(db), await made.anInstructor(db)])
			await expect(lessons.forWatching(db, actor, taught.lessonId)).rejects.toBeInstanceOf(
				NotFound
			);
	});
});
