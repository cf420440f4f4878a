/** Placing an uploaded sign track by hand: what is kept, what follows from it, and who is told of whom. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { needsBeforePublishing } from '#lib/domain/gate.ts';
import type { Piece } from '#lib/domain/placing.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid } from '#lib/server/errors.ts';
import { COMPOSE } from '#lib/server/media/composites.ts';
import * as placing from '#lib/server/media/placing.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';
import { aColleague } from '../support/two-assessors.ts';

onBothDatabases('placing a sign track', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	/** The demonstration is a minute long, the signer's video half of it; two cues in the first 4 s. */
	async function aLesson() {
		const taught = await made.aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
		await made.makeReady(db, taught);
		await made.aReadyTrack(db, taught, 'sign', 30_000);
		await made.consentToFilming(db, taught);
		await made.approve(db, taught);
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		return { ...taught, lesson };
	}
	type Made = Awaited<ReturnType<typeof aLesson>>;
	async function found({ lesson }: Pick<Made, 'lesson'>) {
		const placed = await placing.find(db, lesson);
		if (!placed) throw new Error('nothing to place');
		return placed;
	}
	const at = (lessonMs: number, mediaMs: number, lengthMs?: number): Piece => ({
		...{ lessonMs, mediaMs },
		...(lengthMs !== undefined && { lengthMs })
	});
	const input = (base: string, offsetMs: number, ...pieces: Piece[]) => ({
		...{ base, offsetMs, pieces }
	});
	const composing = async ({ lessonId }: Made) => {
		const work = await db.selectFrom('job').where('kind', '=', COMPOSE).select('payload').execute();
		return work.filter(({ payload }) => payload.includes(lessonId)).length;
	};
	const needs = async ({ lessonId }: Made) =>
		needsBeforePublishing(await publication.facts(db, { id: lessonId }));

	test('the player, the gate and a review go by the new place at once', async () => {
		const one = await aLesson();
		expect(await needs(one)).toEqual([]);
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 3000));
		// Nobody signs during the first cue any more, and the reviewer saw something else.
		expect(await needs(one)).toEqual(
			expect.arrayContaining(['sign_incomplete', 'review_outdated'])
		);
		const watchable = await lessons.forWatching(db, one.instructor, one.lessonId);
		expect((await presentationOf(db, watchable))?.sign).toMatchObject({ offsetMs: 3000 });
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 0));
		expect(await needs(one)).not.toContain('sign_incomplete');
	});

	test('both pictures in one video are made anew, once for each change', async () => {
		const one = await aLesson();
		const before = await db
			.deleteFrom('job')
			.where('kind', '=', COMPOSE)
			.executeTakeFirst()
			.then(() => composing(one));
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 500));
		expect(await composing(one)).toBe(before + 1);
		await db.deleteFrom('job').where('kind', '=', COMPOSE).execute();
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 500));
		expect(await composing(one)).toBe(before);
	});

	test('a piece without a length goes on until the next one needs the signer', async () => {
		const one = await aLesson();
		const { base } = await found(one);
		const pieces = [at(0, 0), at(20_000, 10_000), at(50_000, 25_000, 2000)];
		await placing.save(db, one.lesson, one.instructor, input(base, 0, ...pieces));
		expect(await timeline.signPlacement(db, one.lessonId)).toEqual({
			offsetMs: 0,
			sections: [
				{ lessonMs: 0, mediaMs: 0, lengthMs: 10_000 },
				{ lessonMs: 20_000, mediaMs: 10_000, lengthMs: 15_000 },
				{ lessonMs: 50_000, mediaMs: 25_000, lengthMs: 2000 }
			]
		});
	});

	test('what cannot be is told by piece, and nothing of it is kept', async () => {
		const one = await aLesson();
		const { base, placement } = await found(one);
		const refused = placing.save(
			...([db, one.lesson, one.instructor] as const),
			input(base, 0, at(0, 5000), at(10_000, 0), at(70_000, 9000))
		);
		await expect(refused).rejects.toBeInstanceOf(Invalid);
		await refused.catch((error: Invalid) =>
			expect(error.problems).toEqual({
				'1.mediaMs': { code: 'piece_backwards' },
				'2.lessonMs': { code: 'piece_outside_lesson', values: { end: '1:00' } }
			})
		);
		const outside = placing.save(db, one.lesson, one.instructor, input(base, 60_000));
		await expect(outside).rejects.toMatchObject({
			problems: { offsetMs: { code: 'sign_outside' } }
		});
		expect((await found(one)).placement).toEqual(placement);
	});

	test('while one of the videos is missing there is nothing to place', async () => {
		const taught = await made.aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
		await made.aReadyTrack(db, taught, 'demonstration');
		const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
		expect(await placing.find(db, lesson)).toBeUndefined();
		const early = placing.save(db, lesson, taught.instructor, input('0'.repeat(24), 0));
		await expect(early).rejects.toMatchObject({ problems: { '': { code: 'video_not_ready' } } });
	});

	describe('by two at the same time', () => {
		async function two() {
			const one = await aLesson();
			const colleague = await aColleague(db, one);
			const theirs = await lessons.forEditing(db, colleague, one.lessonId);
			return { ...one, colleague, theirs };
		}

		test('who comes second is told who was first, and can go on from there', async () => {
			const { colleague, theirs, ...one } = await two();
			const { base } = await found(one);
			await placing.save(db, theirs, colleague, input(base, 1000));
			const late = placing.save(db, one.lesson, one.instructor, input(base, 2000));
			await expect(late).rejects.toBeInstanceOf(Conflict);
			const now = await found(one);
			expect(now).toMatchObject({ placement: { offsetMs: 1000 }, savedBy: colleague.displayName });
			await placing.save(db, one.lesson, one.instructor, input(now.base, 2000));
			expect((await found(one)).placement.offsetMs).toBe(2000);
		});

		test('who wants the same is not stopped', async () => {
			const { colleague, theirs, ...one } = await two();
			const { base } = await found(one);
			await placing.save(db, theirs, colleague, input(base, 1000));
			await placing.save(db, one.lesson, one.instructor, input(base, 1000));
			expect((await found(one)).placement.offsetMs).toBe(1000);
		});

		test('places of a video that was replaced meanwhile are not put on the new one unasked', async () => {
			const one = await aLesson();
			const { base } = await found(one);
			await made.aReadyTrack(db, one, 'sign', 20_000);
			const late = placing.save(db, one.lesson, one.instructor, input(base, 2000));
			await expect(late).rejects.toBeInstanceOf(Conflict);
		});
	});

	test('another video in its place is said, until somebody has placed that one', async () => {
		const one = await aLesson();
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 1000));
		expect((await found(one)).isOfAnother).toBe(false);
		await made.aReadyTrack(db, one, 'sign', 20_000);
		expect((await found(one)).isOfAnother).toBe(true);
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 1000));
		expect((await found(one)).isOfAnother).toBe(false);
	});

	test('nobody is named for places that came in another way', async () => {
		const one = await aLesson();
		await placing.save(db, one.lesson, one.instructor, input((await found(one)).base, 1000));
		await timeline.placeSign(db, one.lesson, { offsetMs: 1500, sections: [] });
		expect((await found(one)).savedBy).toBeUndefined();
	});
});
