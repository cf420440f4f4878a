import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	addLesson,
	anEnrolledTrainee,
	aPublishedLesson,
	aTrainee,
	makeReady,
	publish,
	type Taught,
	withdraw
} from '../support/people.ts';

const DURATION_MS = 60_000;

onBothDatabases('certificates', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	/** A course of two published lessons, and somebody who learns there. */
	const aCourseOfTwo = async () => {
		const first = await aPublishedLesson(db, { durationMs: DURATION_MS });
		const second = await addLesson(db, first);
		await makeReady(db, second, DURATION_MS);
		await publish(db, second);
		return { first, second, trainee: await anEnrolledTrainee(db, first.courseId) };
	};
	const watch = (who: PersonActor, { lessonId }: Taught, toMs = DURATION_MS, fromMs = 0) =>
		progress.record(db, who, lessonId, {
			ranges: [[fromMs, toMs]],
			positionMs: toMs,
			positionAt: new Date().toISOString()
		});

	test('is issued with the last lesson, not before', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		await watch(trainee, first, DURATION_MS / 2);
		await watch(trainee, second);
		expect(await certificates.of(db, trainee)).toEqual([]);
		await watch(trainee, first, DURATION_MS, DURATION_MS / 2);
		expect(await certificates.of(db, trainee)).toMatchObject([
			{
				personId: trainee.id,
				courseId: first.courseId,
				holderName: trainee.displayName,
				courseTitle: '广式月饼',
				revokedAt: null
			}
		]);
	});

	test('is one, also when two devices finish in the same moment, and when the end is watched again', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		await Promise.all([watch(trainee, first), watch(trainee, second)]);
		await Promise.all([watch(trainee, first), watch(trainee, second), watch(trainee, second)]);
		expect(await certificates.of(db, trainee)).toHaveLength(1);
	});

	test('is not lost to a crash between the last lesson and its issue: sent again, it is made good', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		for (const lesson of [first, second]) await watch(trainee, lesson);
		await db.deleteFrom('certificate').where('person_id', '=', trainee.id).execute();
		await watch(trainee, second);
		expect(await certificates.of(db, trainee)).toHaveLength(1);
	});

	test('does not wait for a lesson that was taken back', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		await watch(trainee, first);
		await withdraw(db, second);
		await watch(trainee, first, 1000);
		expect(await certificates.of(db, trainee)).toHaveLength(1);
	});

	test('stays as it was issued when the course is renamed or grows', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		for (const lesson of [first, second]) await watch(trainee, lesson);
		const [before] = await certificates.of(db, trainee);
		const course = await courses.forEditing(db, first.instructor, first.courseId);
		await courses.change(db, course, { title: '别的', summary: '', skillField: 'other' });
		const third = await addLesson(db, first);
		await makeReady(db, third, DURATION_MS);
		await publish(db, third);
		await watch(trainee, third);
		expect(await certificates.of(db, trainee)).toEqual([before]);
	});

	test('has a number that nobody can guess and everybody can type', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		for (const lesson of [first, second]) await watch(trainee, lesson);
		const number = (await certificates.of(db, trainee))[0]?.number ?? '';
		const group = '[2-9A-HJKMNP-Z]{4}';
		expect(number).toMatch(
			new RegExp(`^YWS-${new Date().getUTCFullYear()}-${group}-${group}-${group}$`)
		);
		const typed = `  ${number.toLowerCase()} `;
		expect(await certificates.forVerifying(db, typed)).toMatchObject({ number });
	});

	test('can be checked by anybody who has the number; shown and printed by its holder only', async () => {
		const { first, second, trainee } = await aCourseOfTwo();
		for (const lesson of [first, second]) await watch(trainee, lesson);
		const number = (await certificates.of(db, trainee))[0]?.number ?? '';
		expect(await certificates.forHolder(db, trainee, number)).toMatchObject({ number });
		const stranger = await aTrainee(db);
		const notHis = certificates.forHolder(db, stranger, number);
		await expect(notHis).rejects.toBeInstanceOf(NotFound);
		const wrong = `${number.slice(0, -1)}${number.endsWith('2') ? '3' : '2'}`;
		await expect(certificates.forVerifying(db, wrong)).rejects.toBeInstanceOf(NotFound);
	});

	test('is not issued for a course without a published lesson', async () => {
		const taught = await aPublishedLesson(db);
		const trainee = await anEnrolledTrainee(db, taught.courseId);
		await withdraw(db, taught);
		await certificates.issueWhenComplete(db, trainee, taught.courseId);
		expect(await certificates.of(db, trainee)).toEqual([]);
	});
});
