/** All that is marked on a lesson is kept together, and never over what somebody else marked. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { MarksInput, StepsInput } from '#lib/domain/timeline.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import { SavedInBetween } from '#lib/server/media/captions.ts';
import * as marks from '#lib/server/media/marks.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const STEP = { title: '烤', startMs: 0, endMs: 5000, note: '', hazards: ['hot' as const] };
const TURN = { startMs: 0, endMs: 4000, sign: { startMs: 0, endMs: 2000 } };
const AREA = { startMs: 0, endMs: 5000, x: 333, y: 333, width: 334, height: 334 };
const all = (baseRevision: number) => ({
	...{ baseRevision, steps: [STEP], turns: [TURN], areas: [AREA] }
});

describe('at the edge', () => {
	test('a sign is told once, and in one order', () => {
		const [step] = read(StepsInput, [{ ...STEP, hazards: ['sharp', 'hot', 'sharp'] }]);
		expect(step?.hazards).toEqual(['hot', 'sharp']);
	});

	test.each([
		['a sign there is none of', { ...all(0), steps: [{ ...STEP, hazards: ['ghost'] }] }],
		['a revision that cannot be', all(-1)],
		['turns over each other', { ...all(0), turns: [TURN, TURN] }]
	])('%s is refused', (_, input) => {
		expect(() => read(MarksInput, input)).toThrow(Invalid);
	});
});

onBothDatabases('what is marked', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const edit = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	async function aLesson() {
		const taught = await made.aCourseWithLesson(db);
		await made.aReadyTrack(db, taught);
		return { taught, lesson: await edit(taught) };
	}

	test('is kept together, and counted', async () => {
		const { taught, lesson } = await aLesson();
		expect(await marks.find(db, lesson)).toMatchObject({ revision: 0, steps: [] });
		const first = await marks.save(db, lesson, taught.instructor, all(0));
		expect(first.revision).toBe(1);
		const kept = await marks.find(db, lesson);
		expect(kept).toMatchObject({
			revision: 1,
			steps: [{ id: first.ids[0], title: '烤', hazards: ['hot'] }],
			turns: [TURN],
			areas: [AREA]
		});
		const again = await marks.save(db, lesson, taught.instructor, {
			...all(1),
			steps: [{ ...STEP, id: first.ids[0] ?? '', title: '烤熟' }]
		});
		expect(again).toEqual({ revision: 2, ids: first.ids });
	});

	test('nobody writes over what somebody saved in between, and is told who', async () => {
		const { taught, lesson } = await aLesson();
		const other = await made.anInstructor(db);
		const course = await courses.forEditing(db, taught.instructor, taught.courseId);
		await instructors.add(db, course, `instructor-${other.id}`);
		const theirs = await lessons.forEditing(db, other, taught.lessonId);
		await marks.save(db, theirs, other, all(0));
		const late = marks.save(db, lesson, taught.instructor, { ...all(0), steps: [] });
		await expect(late).rejects.toMatchObject({
			now: { revision: 1, savedBy: other.displayName }
		});
		await expect(late).rejects.toBeInstanceOf(SavedInBetween);
		expect((await marks.find(db, lesson))?.steps).toHaveLength(1);
		await marks.save(db, lesson, taught.instructor, { ...all(1), steps: [] });
		expect((await marks.find(db, lesson))?.steps).toHaveLength(0);
	});

	test('a form that knows of steps only leaves turns and areas', async () => {
		const { taught, lesson } = await aLesson();
		await marks.save(db, lesson, taught.instructor, all(0));
		await marks.saveSteps(db, lesson, taught.instructor, { baseRevision: 1, steps: [] });
		const kept = await marks.find(db, lesson);
		expect(kept).toMatchObject({ revision: 2, steps: [], turns: [TURN], areas: [AREA] });
	});

	test('nothing is kept when one thing lies outside the video', async () => {
		const { taught, lesson } = await aLesson();
		const outside = { ...all(0), areas: [{ ...AREA, endMs: 61_000 }] };
		const saving = marks.save(db, lesson, taught.instructor, outside);
		await expect(saving).rejects.toBeInstanceOf(Invalid);
		expect(await marks.find(db, lesson)).toMatchObject({ revision: 0, steps: [] });
	});

	test('a shorter video cuts what is found, so that it can be saved again', async () => {
		const { taught, lesson } = await aLesson();
		await marks.save(db, lesson, taught.instructor, all(0));
		await made.aReadyTrack(db, taught, 'demonstration', 1500);
		const kept = await marks.find(db, lesson);
		if (!kept) throw new Error('nothing is marked');
		expect(kept.steps[0]).toMatchObject({ endMs: 1500, pictureAtMs: 1499 });
		expect(kept.turns).toEqual([{ startMs: 0, endMs: 1500, sign: { startMs: 0, endMs: 1500 } }]);
		const input = read(MarksInput, { ...kept, baseRevision: kept.revision });
		await marks.save(db, lesson, taught.instructor, input);
	});

	test('trainees see the signs', async () => {
		const { taught, lesson } = await aLesson();
		await marks.save(db, lesson, taught.instructor, all(0));
		const watchable = await lessons.forWatching(db, taught.instructor, taught.lessonId);
		const presentation = await presentationOf(db, watchable);
		expect(presentation?.steps).toMatchObject([{ title: '烤', hazards: ['hot'] }]);
	});
});
