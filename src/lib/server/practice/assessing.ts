/** Looking at what was handed in, and answering it. What was answered is never written over. */
import {
	type AssessmentInput,
	type Levels,
	type Pin,
	proposalOf,
	levelField
} from '#lib/domain/assessing.ts';
import type { Level, Task } from '#lib/domain/practice.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayAssess } from '../access/policy.ts';
import { instructorIdsOf } from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { completeWhenDone, takeBackUnlessDone } from '../progress/completing.ts';
import * as queries from './assessments.queries.ts';
import { asSubmission, type Submission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import * as works from './works.queries.ts';

export type AssessableSubmission = Authorized<Submission, 'assess'>;

const MAX_LISTED = 100;

/** What waits for this instructor, longest first, and what was answered lately. */
export async function queue(db: Database, by: PersonActor) {
	const [waiting, answered] = await Promise.all([
		submissions.sentTo(db, by.id, ['sent', 'looking'], MAX_LISTED),
		submissions.sentTo(db, by.id, ['passed', 'again'], MAX_LISTED)
	]);
	const listed = (rows: typeof waiting) =>
		rows.map(({ task, ...row }) => ({
			...row,
			taskTitle: asSubmission({ task, ...row }).task.title
		}));
	return { waiting: listed(waiting), answered: listed(answered).reverse() };
}

/** @throws NotFound when it is not there, not sent, or not this actor's to assess */
export async function forAssessing(
	db: Database,
	actor: Actor,
	id: string
): Promise<AssessableSubmission> {
	const row = await submissions.submissionById(db, id);
	if (!row || row.state === 'draft') throw new NotFound();
	const instructorIds = await instructorIdsOf(db, row.courseId);
	if (!mayAssess(actor, { instructorIds, personId: row.personId })) throw new NotFound();
	return grant(asSubmission(row), 'assess');
}

/**
 * Somebody begins to look: from now on it cannot be taken back. Also in the place of a colleague
 * who has begun, knowingly: `baseRevision` is what was seen.
 * @throws Conflict when it has changed since
 */
export async function begin(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	baseRevision: number
): Promise<void> {
	if (of.state === 'looking' && of.lookingBy === by.id) return;
	const from = { states: ['sent', 'looking'], revision: baseRevision } as const;
	const to = { state: 'looking', looking_by: by.id, looking_at: now() } as const;
	if (!(await submissions.move(db, of.id, from, to))) throw new Conflict('stale');
}

/** Puts it back into the queue. @throws Conflict when somebody else looks at it by now */
export async function release(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor
): Promise<void> {
	if (of.lookingBy !== by.id) throw new Conflict('stale');
	const from = { states: ['looking'], revision: of.revision } as const;
	const to = { state: 'sent', looking_by: null, looking_at: null } as const;
	if (!(await submissions.move(db, of.id, from, to))) throw new Conflict('stale');
}

/**
 * Answers it, or corrects an answer: a further one, which the trainee sees from now on.
 * @throws Invalid when a criterion has no level, a must is missed and it is to pass, a mark lies
 *   nowhere, or the film of the answer is not there
 * @throws Conflict when somebody else was faster, or the next round is on its way
 */
export async function assess(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	{ baseRevision, ...input }: AssessmentInput
): Promise<void> {
	const levels = levelsOf(of.task, input.levels);
	if (input.result === 'passed' && proposalOf(of.task, levels).missed.length > 0)
		throw new Invalid({ result: 'must_missed' });
	await db.transaction().execute(async (step) => {
		const sent = await works.worksOf(step, of.id);
		if (!input.pins.every((pin) => isOn(sent, pin))) throw new Invalid({ pins: 'pin_odd' });
		const answerId = input.answerId === '' ? null : input.answerId;
		const answer = sent.find(({ id, kind }) => id === answerId && kind === 'answer');
		if (answerId !== null && (!answer || answer.state === 'arriving'))
			throw new Invalid({ answerId: 'work_arriving' });
		if (answer?.state === 'failed') throw new Invalid({ answerId: 'work_failed' });
		await assertNewest(step, of);
		const moved = await submissions.move(
			step,
			of.id,
			{ states: ['sent', 'looking', 'passed', 'again'], revision: baseRevision },
			{ state: input.result, looking_by: null, looking_at: null, seen_at: null }
		);
		if (!moved) throw new Conflict('stale');
		const [last] = await queries.assessmentsOf(step, of.id);
		await queries.addAssessment(step, {
			...{
				id: newId(),
				submissionId: of.id,
				number: (last?.number ?? 0) + 1,
				by: by.id,
				at: now()
			},
			...{ result: input.result, comment: input.comment, answerId },
			...{ levels: JSON.stringify(levels), pins: JSON.stringify(input.pins) }
		});
		if (input.result === 'passed') await completeWhenDone(step, of.personId, of.lessonId);
		// Only a pass that is corrected: what was complete without one stays (decision 0024).
		else if (of.state === 'passed') await takeBackUnlessDone(step, of.personId, of.lessonId);
	});
}

/** By the criteria's ids, each with one of its own levels. */
function levelsOf(task: Task, given: Readonly<Record<string, Level>>): Levels {
	const problems: Record<string, string> = {};
	const levels: Record<string, Level> = {};
	for (const [at, criterion] of task.criteria.entries()) {
		const level = given[String(at)];
		if (level !== undefined && criterion.levels.some((one) => one.level === level))
			levels[criterion.id] = level;
		else problems[levelField(at)] = 'choose_one';
	}
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
	return levels;
}

type Work = Awaited<ReturnType<typeof works.worksOf>>[number];

const isOn = (sent: readonly Work[], pin: Pin): boolean => {
	const work = sent.find(({ id }) => id === pin.workId);
	if (!work || work.kind === 'answer') return false;
	if (work.kind === 'photo') return pin.atMs === null;
	return pin.atMs !== null && pin.atMs <= (work.durationMs ?? 0) + 1000;
};

/** What was answered stays as it is once the next round has been sent. */
async function assertNewest(db: Database, of: AssessableSubmission): Promise<void> {
	const [newest, before] = await submissions.roundsOf(db, of);
	const sent = newest?.state === 'draft' ? before : newest;
	if (sent?.id !== of.id) throw new Conflict('step_not_possible');
}

/** Everything of a submission that whoever may see it sees: pictures, films, and each answer. */
export async function contentsOf(
	db: Database,
	of: Authorized<Submission, 'hand-in'> | AssessableSubmission
) {
	const [all, answers] = await Promise.all([
		works.worksOf(db, of.id),
		queries.assessmentsOf(db, of.id)
	]);
	return {
		works: all.filter(({ kind }) => kind !== 'answer'),
		answers: answers.map(({ levels, pins, answerId, ...answer }) => ({
			...answer,
			levels: JSON.parse(levels) as Levels,
			pins: JSON.parse(pins) as Pin[],
			film: all.find(({ id }) => id === answerId)
		}))
	};
}

/** The same trainee's tries before this one, newest first. */
export async function earlierOf(db: Database, of: AssessableSubmission) {
	const rounds = await submissions.roundsOf(db, of);
	return rounds
		.filter(({ round, state }) => round < of.round && state !== 'draft')
		.map(({ id, round, state }) => ({ id, round, state }));
}

/** The film of an answer that this instructor has sent and not given yet. */
export async function answerUnderWay(db: Database, of: AssessableSubmission, by: PersonActor) {
	const [all, given] = await Promise.all([works.worksOf(db, of.id), works.answersGiven(db, of.id)]);
	return all.findLast(
		({ id, kind, personId }) => kind === 'answer' && personId === by.id && !given.has(id)
	);
}
