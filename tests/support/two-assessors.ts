/** Courses with several instructors, and what each of them does with work that two assess. */
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { anAnswer, aPracticeLesson, handIn } from './handed-in.ts';
import * as made from './people.ts';

/** Somebody who teaches the course too. */
export async function aColleague(
	db: Database,
	{ instructor, courseId }: Pick<made.Taught, 'instructor' | 'courseId'>
): Promise<PersonActor> {
	const colleague = await made.anInstructor(db);
	const course = await courses.forEditing(db, instructor, courseId);
	await instructors.add(db, course, `instructor-${colleague.id}`);
	return colleague;
}

/** Work is handed in for a task that two assess, in a course that so many colleagues teach too. */
export async function handedInForTwo(db: Database, storage: Storage, colleagues = 2) {
	const taught = await aPracticeLesson(db, { assessors: '2' });
	const others: PersonActor[] = [];
	for (let n = 0; n < colleagues; n++) others.push(await aColleague(db, taught));
	const id = await handIn(db, storage, taught);
	return { ...taught, others, id };
}

const LEVELS = { passed: ['great', 'good'], again: ['notYet', 'good'] };

export async function begin(db: Database, by: PersonActor, id: string, instead?: string) {
	const of = await assessing.forAssessing(db, by, id);
	await assessing.begin(db, of, by, of.revision, instead);
}

/** Gives what she thinks, having begun. */
export async function say(
	db: Database,
	by: PersonActor,
	id: string,
	result: 'passed' | 'again',
	more: { comment?: string; answerId?: string } = {}
): Promise<void> {
	const of = await assessing.forAssessing(db, by, id);
	const answer = anAnswer(LEVELS[result], result, { baseRevision: of.revision, ...more });
	await assessing.assess(db, of, by, answer);
}

export async function assessShare(
	db: Database,
	by: PersonActor,
	id: string,
	result: 'passed' | 'again',
	comment = ''
): Promise<void> {
	await begin(db, by, id);
	await say(db, by, id, result, { comment });
}
