/** Looking at what was handed in, and answering it: alone, together with others, or upon an appeal. */
import { isAppealOpen } from '#lib/domain/appeals.ts';
import type { AssessmentInput, Levels, Pin } from '#lib/domain/assessing.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayAssess } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import * as alone from './alone.ts';
import * as appeals from './appeals.ts';
import * as queries from './assessments.queries.ts';
import {
	type AssessableSubmission,
	assessorIdsOf,
	asSubmission,
	type Submission
} from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import * as together from './together.ts';
import * as works from './works.queries.ts';

export type { AssessableSubmission } from './submissions.ts';

/** @throws NotFound when it is not there, not sent, or not this actor's to assess */
export async function forAssessing(
	db: Database,
	actor: Actor,
	id: string
): Promise<AssessableSubmission> {
	const row = await submissions.submissionById(db, id);
	if (!row || row.state === 'draft') throw new NotFound();
	const instructorIds = await assessorIdsOf(db, row);
	if (!mayAssess(actor, { instructorIds, personId: row.personId })) throw new NotFound();
	return grant(asSubmission(row), 'assess');
}

/** What is to be done with it now; one question, so that every step asks it in the same way. */
async function waysOf(db: Database, of: AssessableSubmission) {
	const appeal = await appeals.against(db, of);
	if (appeal && isAppealOpen(appeal)) return 'appeal';
	return of.assessors === 2 ? 'together' : 'alone';
}

/**
 * Somebody begins to look; also in the place of a colleague who has begun, knowingly.
 * @param baseRevision what was seen of it, where one looks: alone, or at an appeal
 * @param instead where two assess and both have begun: in whose place
 * @throws Conflict when it has changed since, or nobody more is to look
 */
export async function begin(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	baseRevision: number,
	instead?: string | undefined
): Promise<void> {
	const way = await waysOf(db, of);
	if (way === 'appeal') return appeals.begin(db, of, by, baseRevision);
	if (way === 'together') return together.begin(db, of, by, instead);
	return alone.begin(db, of, by, baseRevision);
}

/** Leaves it to others, or for later. @throws Conflict when she does not look at it (any more) */
export async function release(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor
): Promise<void> {
	const way = await waysOf(db, of);
	await { appeal: appeals, together, alone }[way].release(db, of, by);
}

/**
 * Answers it, corrects an answer, gives her share of a decision, or decides an appeal.
 * @returns whether the trainee is told by it, or others are still waited for
 * @throws Invalid when a criterion has no level, a must is missed and it is to pass, a mark lies
 *   nowhere, or the film of the answer is not there
 * @throws Conflict when somebody else was faster, or the next round is on its way
 */
export async function assess(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	input: AssessmentInput
): Promise<boolean> {
	const way = await waysOf(db, of);
	if (way === 'together') return together.give(db, of, by, input);
	if (way === 'appeal') await appeals.decideUpon(db, of, by, input);
	else await alone.assess(db, of, by, input);
	return true;
}

/** Everything of a submission that whoever may see it sees: pictures, films, and each answer. */
export async function contentsOf(
	db: Database,
	of: Authorized<Submission, 'hand-in'> | AssessableSubmission
) {
	const [all, answers, appeal] = await Promise.all([
		works.worksOf(db, of.id),
		queries.assessmentsOf(db, of.id),
		appeals.against(db, of)
	]);
	const film = (id: string | null) => all.find((work) => work.id === id);
	return {
		works: all.filter(({ kind }) => kind !== 'answer'),
		answers: answers.map(({ levels, pins, answerId, ...answer }) => ({
			...answer,
			levels: JSON.parse(levels) as Levels,
			pins: JSON.parse(pins) as Pin[],
			film: film(answerId)
		})),
		appeal: appeal && { ...appeal, film: film(appeal.filmId) }
	};
}

/** What of it is this instructor's to do, and what she may see of the others. */
export async function deskOf(db: Database, of: AssessableSubmission, by: PersonActor) {
	const [shared, appeal, all] = await Promise.all([
		of.assessors === 2 ? together.standingFor(db, of, by) : undefined,
		appeals.against(db, of),
		works.worksOf(db, of.id)
	]);
	const isAppealed = appeal !== undefined && isAppealOpen(appeal);
	return {
		shared: shared && {
			...shared,
			given: shared.given.map(({ answerId, ...opinion }) => ({
				...opinion,
				film: all.find(({ id }) => id === answerId)
			}))
		},
		/** Whether an open appeal is hers to decide; undefined where there is none. */
		forAppeal: isAppealed ? await appeals.mayDecide(db, of, by) : undefined,
		isMine: isAppealed
			? appeal.lookingBy === by.id
			: shared
				? shared.isMine
				: of.lookingBy === by.id,
		/** What two have decided, or somebody upon an appeal, is final. */
		mayCorrect: !shared && (appeal === undefined || appeal.withdrawnAt !== null)
	};
}

/** The same trainee's tries before this one, newest first. */
export async function earlierOf(db: Database, of: AssessableSubmission) {
	const rounds = await submissions.roundsOf(db, of);
	return rounds
		.filter(({ round, state }) => round < of.round && state !== 'draft')
		.map(({ id, round, state }) => ({ id, round, state }));
}

/** The film of an answer that somebody has sent and not given yet: an instructor, or who appeals. */
export async function answerUnderWay(
	db: Database,
	of: AssessableSubmission | appeals.AppealableSubmission,
	by: PersonActor
) {
	const [all, given] = await Promise.all([works.worksOf(db, of.id), works.answersGiven(db, of.id)]);
	return all.findLast(
		({ id, kind, personId }) => kind === 'answer' && personId === by.id && !given.has(id)
	);
}
