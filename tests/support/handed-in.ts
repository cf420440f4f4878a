/** Work handed in for a practice task, and what is answered to it. */
import * as v from 'valibot';
import { AssessmentForm, type AssessmentInput } from '#lib/domain/assessing.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as practice from '#lib/server/courses/practice.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { addPhoto } from '#lib/server/practice/receiving.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPhoto } from './attached.ts';
import * as made from './people.ts';
import { aTask } from './tasks.ts';

/** A published lesson with a task, a class on it, and somebody in the class. */
export async function aPracticeLesson(db: Database, fields: Record<string, string> = {}) {
	const taught = await made.aCourseWithLesson(db);
	await made.makeReady(db, taught);
	const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
	await practice.put(db, lesson, taught.instructor, aTask(fields));
	await made.publish(db, taught);
	const { classId } = await made.aClass(db, taught.courseId);
	const trainee = await made.aTrainee(db);
	await classes.join(db, trainee, classId);
	return { ...taught, classId, trainee };
}

export type Place = { trainee: PersonActor; lessonId: string };

/** Somebody hands in one photo. @returns the submission's id */
export async function handIn(
	db: Database,
	storage: Storage,
	{ trainee, lessonId }: Place,
	comment = ''
): Promise<string> {
	const own = await addPhoto(db, storage, trainee, lessonId, await aPhoto(600, 400));
	await submissions.send(db, trainee, own, comment);
	return own.id;
}

/** What an instructor's form says: the first criterion's level, then the second's, … */
export const anAnswer = (
	levels: string[],
	result: 'passed' | 'again',
	{
		baseRevision,
		pins = [],
		...more
	}: { baseRevision: number; pins?: object[]; comment?: string; answerId?: string }
): AssessmentInput =>
	v.parse(AssessmentForm, {
		...Object.fromEntries(levels.map((level, at) => [`level.${at}`, level])),
		...{ result, baseRevision: String(baseRevision), answerId: '', comment: '', ...more },
		pins: JSON.stringify(pins)
	});

/** An instructor looks at it and answers. */
export async function assess(
	db: Database,
	by: PersonActor,
	id: string,
	levels: string[],
	result: 'passed' | 'again'
): Promise<void> {
	const before = await assessing.forAssessing(db, by, id);
	await assessing.begin(db, before, by, before.revision);
	const of = await assessing.forAssessing(db, by, id);
	const answer = anAnswer(levels, result, { baseRevision: of.revision });
	await assessing.assess(db, of, by, answer);
}

type Town = { trainee: PersonActor; instructor: PersonActor; lessonId: string; classId: string };

/**
 * In a town: a try that was answered with marks, the next one under way, and somebody else's that
 * the instructor is looking at. @returns the id of what is looked at
 */
export async function handInAround(db: Database, storage: Storage, town: Town): Promise<string> {
	const { trainee, instructor, lessonId, classId } = town;
	const id = await handIn(db, storage, town, '第一次做');
	const before = await assessing.forAssessing(db, instructor, id);
	await assessing.begin(db, before, instructor, before.revision);
	const of = await assessing.forAssessing(db, instructor, id);
	const [photo] = (await assessing.contentsOf(db, of)).works;
	const pins = [{ workId: photo?.id, x: 0.4, y: 0.5, atMs: null, text: '这里裂了' }];
	const lowest = of.task.criteria.map(({ levels }) => levels.at(-1)?.level ?? '');
	const more = { baseRevision: of.revision, pins, comment: '再做一次' };
	await assessing.assess(db, of, instructor, anAnswer(lowest, 'again', more));
	await addPhoto(db, storage, trainee, lessonId, await aPhoto(600, 400));

	const other = await made.aTrainee(db);
	await classes.join(db, other, classId);
	const looked = await handIn(db, storage, { trainee: other, lessonId });
	const sent = await assessing.forAssessing(db, instructor, looked);
	await assessing.begin(db, sent, instructor, sent.revision);
	return looked;
}
