/**
 * Appeals: a trainee asks once that work which was not passed is looked at again. Somebody looks
 * who has not assessed it, and keeps the result or changes it; that is final.
 */
import { type AppealInput, appealUntil } from '#lib/domain/appeals.ts';
import type { AssessmentInput } from '#lib/domain/assessing.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as queries from './appeals.queries.ts';
import { assessmentsOf } from './assessments.queries.ts';
import { assertFilm, assertThere, decide, isNewest, saidIn } from './deciding.ts';
import { assessorsOf } from './opinions.queries.ts';
import {
	type AssessableSubmission,
	assessorIdsOf,
	forOwner,
	type Submission
} from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import { worksOf } from './works.queries.ts';

export type Appeal = queries.Appeal;
/** Her own, not passed, and there is time to appeal. */
export type AppealableSubmission = Authorized<Submission, 'appeal'>;

/** The one appeal against it, also one that was taken back or decided. */
export const against = async (db: Database, of: Submission): Promise<Appeal | undefined> =>
	(await queries.appealsOf(db, [of.id]))[0];

/** Until when she may appeal against it; undefined when she may not. */
export async function openUntil(
	db: Database,
	of: Submission,
	at = now()
): Promise<string | undefined> {
	if (of.state !== 'again' || (await against(db, of))) return undefined;
	const [newest] = await assessmentsOf(db, of.id);
	const until = newest && appealUntil(newest.assessedAt);
	if (until === undefined || at > until) return undefined;
	return (await isNewest(db, of)) ? until : undefined;
}

/** @throws NotFound when it is not hers, or cannot be appealed against (any more) */
export async function forAppealing(
	db: Database,
	actor: Actor,
	id: string
): Promise<AppealableSubmission> {
	const own = await forOwner(db, actor, id);
	if (!(await openUntil(db, own))) throw new NotFound();
	return grant<Submission, 'appeal'>(own, 'appeal');
}

/** Keeps it as it is while something is done to its appeal; of two at once one waits. */
async function hold(step: Database, of: Submission, revision?: number): Promise<void> {
	const from = { states: ['again'] as const, ...(revision !== undefined && { revision }) };
	if (!(await submissions.move(step, of.id, from, {}))) throw new Conflict('stale');
}

/**
 * Asks for it. Pressed twice, it does so once.
 * @throws Invalid when the film has not arrived or cannot be used
 * @throws Conflict when it was asked already, is too late, or the next round has been sent
 */
export const ask = (
	db: Database,
	of: AppealableSubmission,
	by: PersonActor,
	{ reason, comment, filmId }: AppealInput
): Promise<void> =>
	db.transaction().execute(async (step) => {
		await hold(step, of);
		if (filmId !== '') assertFilm(await worksOf(step, of.id), by, filmId, 'filmId');
		const appeal = {
			...{ submissionId: of.id, comment, at: now() },
			...{ reason: reason === '' ? null : reason, filmId: filmId === '' ? null : filmId }
		};
		if (!(await openUntil(step, of)) || !(await queries.addAppeal(step, appeal)))
			throw new Conflict('appeal_not_possible');
		const before = (await assessorsOf(step, [of.id])).map(({ personId }) => personId);
		const others = (await assessorIdsOf(step, of)).filter((id) => !before.includes(id));
		const about = { subjectId: of.id, title: of.lessonTitle };
		await notifications.tell(step, 'appeal_made', about, others);
	});

/**
 * Takes it back, while nobody has begun to look; there is no second one.
 * @throws Conflict when somebody has
 */
export async function withdraw(
	db: Database,
	own: Authorized<Submission, 'hand-in'>
): Promise<void> {
	const isDone = await queries.move(db, own.id, null, { withdrawn_at: now() });
	if (!isDone && !(await against(db, own))?.withdrawnAt) throw new Conflict('looking_already');
}

/** Whether somebody may decide it: she has assessed none of it, whatever came of that. */
export async function mayDecide(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor
): Promise<boolean> {
	const before = await assessorsOf(db, [of.id]);
	return before.every(({ personId }) => personId !== by.id);
}

async function assertOther(db: Database, of: AssessableSubmission, by: PersonActor) {
	if (!(await mayDecide(db, of, by))) throw new NotFound();
}

/**
 * Begins to look; also in the place of a colleague who has begun, knowingly.
 * @throws NotFound when she has assessed it herself
 * @throws Conflict when it has changed since it was seen
 */
export async function begin(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	baseRevision: number
): Promise<void> {
	await assertOther(db, of, by);
	await db.transaction().execute(async (step) => {
		if ((await against(step, of))?.lookingBy === by.id) return;
		await hold(step, of, baseRevision);
		const to = { looking_by: by.id, looking_at: now() };
		if (!(await queries.move(step, of.id, undefined, to))) throw new Conflict('stale');
	});
}

/** Leaves it to somebody else. @throws Conflict when somebody else looks at it by now */
export const release = (db: Database, of: AssessableSubmission, by: PersonActor): Promise<void> =>
	db.transaction().execute(async (step) => {
		await hold(step, of);
		if (!(await queries.move(step, of.id, by.id, { looking_by: null, looking_at: null })))
			throw new Conflict('stale');
	});

/**
 * Decides it: a further answer, the last one.
 * @throws NotFound when she has assessed it herself
 * @throws Invalid as for any assessment, and when there is neither a film nor a word of answer
 * @throws Conflict when she does not look at it (any more), or it has changed since it was seen
 */
export async function decideUpon(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	{ baseRevision, ...input }: AssessmentInput
): Promise<void> {
	await assertOther(db, of, by);
	const said = saidIn(of, by, { baseRevision, ...input });
	if (input.comment === '' && input.answerId === '')
		throw new Invalid({ comment: 'appeal_unanswered' });
	await db.transaction().execute(async (step) => {
		await assertThere(step, of, by, input);
		const from = { states: ['again'], revision: baseRevision } as const;
		const [assessment_id] = await decide(step, of, from, input.result, [said]);
		const to = { decided_at: said.at, ...(assessment_id && { assessment_id }) };
		if (!(await queries.move(step, of.id, by.id, to))) throw new Conflict('stale');
	});
}
