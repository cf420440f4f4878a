/** What instructors mark on a lesson: what is taken, what is refused, and by whom. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { AreasInput, SignPlacement, StepsInput, TurnsInput } from '#lib/domain/timeline.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { LessonTurnTable } from '#lib/server/database/player-tables.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import { COMPOSE } from '#lib/server/media/composites.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const codeOf = (work: () => unknown): string => {
	try {
		work();
		return 'taken';
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		return Object.values(error.problems)[0]?.code ?? '';
	}
};
const step = { title: '和面', startMs: 0, endMs: 5000, note: '' };
const area = { startMs: 0, endMs: 5000, x: 0, y: 0, width: 1000, height: 1000 };
const NO_PARTS = {
	...{ sign_start_ms: null, sign_end_ms: null },
	...{ hands_start_ms: null, hands_end_ms: null }
};
const section = { lessonMs: 0, mediaMs: 0, lengthMs: 1000 };

describe('at the edge', () => {
	test.each<[string, object[], string]>([
		['one after the other', [step, { ...step, startMs: 5000, endMs: 6000 }], 'taken'],
		['one over another', [step, { ...step, startMs: 4999, endMs: 6000 }], 'times_overlap'],
		['out of order', [{ ...step, startMs: 6000, endMs: 7000 }, step], 'times_overlap'],
		['a step of no length', [{ ...step, endMs: 0 }], 'time_range'],
		['a step after two hours', [{ ...step, endMs: 7_200_001 }], 'time_odd'],
		['a step without a title', [{ ...step, title: '  ' }], 'required'],
		['a picture of another step', [{ ...step, pictureAtMs: 5000 }], 'picture_outside_step'],
		['a timer of two days', [{ ...step, timer: { label: '醒', durationMs: 2e8 } }], 'time_odd'],
		['61 steps', Array.from({ length: 61 }, () => step), 'too_many_entries']
	])('steps: %s', (_, given, answer) => {
		expect(codeOf(() => read(StepsInput, given))).toBe(answer);
	});

	test.each<[string, object, string]>([
		['a turn as a whole', {}, 'taken'],
		[
			'with its parts',
			{ sign: { startMs: 0, endMs: 2000 }, hands: { startMs: 1000, endMs: 5000 } },
			'taken'
		],
		['with a part outside of it', { hands: { startMs: 4000, endMs: 5001 } }, 'part_outside_turn'],
		['with a part of no length', { sign: { startMs: 4000, endMs: 4000 } }, 'part_outside_turn']
	])('turns: %s', (_, parts, answer) => {
		expect(codeOf(() => read(TurnsInput, [{ startMs: 0, endMs: 5000, ...parts }]))).toBe(answer);
	});

	test.each<[string, object, string]>([
		['the whole picture', {}, 'taken'],
		['beyond its right edge', { x: 1 }, 'area_outside'],
		['of no width', { width: 0 }, 'unknown']
	])('places of the hands: %s', (_, part, answer) => {
		const code = codeOf(() => read(AreasInput, [{ ...area, ...part }]));
		if (answer === 'unknown') expect(code).not.toBe('taken');
		else expect(code).toBe(answer);
	});

	test.each<[string, object[], string]>([
		['a jump forwards', [section, { lessonMs: 1000, mediaMs: 5000, lengthMs: 500 }], 'taken'],
		[
			'one over another',
			[section, { lessonMs: 999, mediaMs: 5000, lengthMs: 500 }],
			'times_overlap'
		],
		[
			'backwards in the film',
			[
				{ ...section, mediaMs: 2000 },
				{ ...section, lessonMs: 1000 }
			],
			'times_overlap'
		]
	])('sections of the sign track: %s', (_, sections, answer) => {
		expect(codeOf(() => read(SignPlacement, { offsetMs: 0, sections }))).toBe(answer);
	});
});

onBothDatabases('what is marked on a lesson', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const aLesson = async () => {
		const taught = await made.aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
		await made.makeReady(db, taught, 30_000);
		return lessons.forEditing(db, taught.instructor, taught.lessonId);
	};
	const problemOf = (work: Promise<unknown>) =>
		work.then(
			() => 'none',
			(error: unknown) =>
				error instanceof Invalid ? Object.values(error.problems)[0]?.code : error
		);

	test('lies inside the video, which must be there', async () => {
		const lesson = await aLesson();
		const late = { startMs: 29_000, endMs: 30_001 };
		expect(await problemOf(steps.put(db, lesson, [{ ...step, ...late }]))).toBe('times_beyond_end');
		expect(await problemOf(timeline.putTurns(db, lesson, [late]))).toBe('times_beyond_end');
		expect(await problemOf(timeline.putAreas(db, lesson, [{ ...area, ...late }]))).toBe(
			'times_beyond_end'
		);
		for (const placement of [
			{ offsetMs: 30_000, sections: [] },
			{ offsetMs: -30_000, sections: [] },
			{ offsetMs: 0, sections: [{ ...section, mediaMs: 29_001 }] },
			{ offsetMs: 0, sections: [{ ...section, lessonMs: 29_001 }] }
		])
			expect(await problemOf(timeline.placeSign(db, lesson, placement))).toBe('times_beyond_end');
		const { instructor, lessonId } = await made.aCourseWithLesson(db);
		const empty = await lessons.forEditing(db, instructor, lessonId);
		expect(await problemOf(steps.put(db, empty, [step]))).toBe('video_not_ready');
		expect(await problemOf(timeline.placeSign(db, empty, { offsetMs: 0, sections: [] }))).toBe(
			'video_not_ready'
		);
	});

	test('is replaced as a whole, and a step that stays keeps its id', async () => {
		const lesson = await aLesson();
		await steps.put(db, lesson, [step, { ...step, title: '包馅', startMs: 5000, endMs: 9000 }]);
		const [first, second] = await steps.ofLesson(db, lesson.id);
		const stays = { ...step, id: second?.id ?? '', title: '包馅 2', startMs: 1000 };
		await steps.put(db, lesson, [stays, { ...step, title: '脱模', startMs: 5000, endMs: 6000 }]);
		const after = await steps.ofLesson(db, lesson.id);
		expect(after.map(({ title }) => title)).toEqual(['包馅 2', '脱模']);
		expect(after[0]?.id).toBe(second?.id);
		expect(after.map(({ id }) => id)).not.toContain(first?.id);
		await timeline.putTurns(db, lesson, [{ startMs: 0, endMs: 1000 }]);
		await timeline.putTurns(db, lesson, [{ startMs: 500, endMs: 1000 }]);
		expect(await timeline.turnsOf(db, lesson.id)).toEqual([{ startMs: 500, endMs: 1000 }]);
	});

	test("never takes over another lesson's step", async () => {
		const [mine, other] = [await aLesson(), await aLesson()];
		await steps.put(db, other, [step]);
		const [theirs] = await steps.ofLesson(db, other.id);
		await steps.put(db, mine, [{ ...step, id: theirs?.id ?? '' }]);
		expect((await steps.ofLesson(db, mine.id))[0]?.id).not.toBe(theirs?.id);
		expect(await steps.ofLesson(db, other.id)).toHaveLength(1);
	});

	test('moving the sign track has both pictures put together anew, in the background', async () => {
		const lesson = await aLesson();
		const placement = { offsetMs: 400, sections: [{ ...section, lessonMs: 2000 }] };
		await timeline.placeSign(db, lesson, placement);
		expect(await timeline.signPlacement(db, lesson.id)).toEqual(placement);
		const work = await db.selectFrom('job').where('kind', '=', COMPOSE).selectAll().execute();
		expect(work.filter(({ payload }) => payload.includes(lesson.id))).toMatchObject([
			{ state: 'waiting', is_background: 1 }
		]);
	});

	test('is nobody else’s to mark', async () => {
		const lesson = await made.aPublishedLesson(db);
		const others = [
			await made.anInstructor(db),
			await made.aStaffMember(db),
			await made.anEnrolledTrainee(db, lesson.courseId)
		];
		for (const other of others) {
			await expect(lessons.forEditing(db, other, lesson.lessonId)).rejects.toBeInstanceOf(NotFound);
			await expect(courses.forEditing(db, other, lesson.courseId)).rejects.toBeInstanceOf(NotFound);
		}
	});

	test('the database itself refuses what no schema has seen', async () => {
		const { id: lesson_id } = await aLesson();
		const insert = (values: Partial<LessonTurnTable>) =>
			db
				.insertInto('lesson_turn')
				.values({ lesson_id, start_ms: 0, end_ms: 1000, ...NO_PARTS, ...values })
				.execute();
		await expect(insert({ end_ms: 0 })).rejects.toThrow();
		await expect(insert({ sign_start_ms: 0 })).rejects.toThrow();
		await expect(insert({ hands_start_ms: 0, hands_end_ms: 1001 })).rejects.toThrow();
		const inPicture = { lesson_id, start_ms: 0, end_ms: 10, x: 900, y: 0, width: 101, height: 1 };
		await expect(db.insertInto('action_area').values(inPicture).execute()).rejects.toThrow();
	});
});
