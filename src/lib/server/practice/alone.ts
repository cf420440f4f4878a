/** Work that one instructor assesses: the usual. What was answered is never written over. */
import type { AssessmentInput } from '#lib/domain/assessing.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { Conflict } from '../errors.ts';
import { now } from '../ids.ts';
import { appealsOf } from './appeals.queries.ts';
import { assertThere, decide, isNewest, saidIn } from './deciding.ts';
import type { AssessableSubmission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';

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
 * @throws Conflict when somebody else was faster, the next round is on its way, or somebody else
 *   has looked again because the trainee asked for it
 */
export async function assess(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	{ baseRevision, ...input }: AssessmentInput
): Promise<void> {
	const said = saidIn(of, by, { baseRevision, ...input });
	await db.transaction().execute(async (step) => {
		await assertThere(step, of, by, input);
		if (!(await isNewest(step, of))) throw new Conflict('step_not_possible');
		const states = ['sent', 'looking', 'passed', 'again'] as const;
		await decide(step, of, { states, revision: baseRevision }, input.result, [said]);
		const [appeal] = await appealsOf(step, [of.id]);
		if (appeal && appeal.withdrawnAt === null) throw new Conflict('step_not_possible');
	});
}
