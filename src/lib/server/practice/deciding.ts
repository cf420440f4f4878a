/** What somebody says of work, checked; and how what is decided becomes an answer to its trainee. */
import {
	type AssessmentInput,
	type Levels,
	levelField,
	type Pin,
	proposalOf,
	type Result
} from '#lib/domain/assessing.ts';
import type { SubmissionState } from '#lib/domain/handing-in.ts';
import type { Level, Task } from '#lib/domain/practice.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import { completeWhenDone, takeBackUnlessDone } from '../progress/completing.ts';
import * as queries from './assessments.queries.ts';
import type { AssessableSubmission, Submission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import * as works from './works.queries.ts';

/**
 * As it is kept. Call it before a transaction: it asks nothing of the database.
 * @throws Invalid when a criterion has no level, or a must is missed and it is to pass
 */
export function saidIn(
	{ task }: Pick<Submission, 'task'>,
	by: PersonActor,
	input: AssessmentInput
): queries.Said {
	const levels = levelsOf(task, input.levels);
	if (input.result === 'passed' && proposalOf(task, levels).missed.length > 0)
		throw new Invalid({ result: 'must_missed' });
	return {
		...{ by: by.id, at: now(), result: input.result, comment: input.comment },
		...{ levels: JSON.stringify(levels), pins: JSON.stringify(input.pins) },
		answerId: input.answerId === '' ? null : input.answerId
	};
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

/** @throws Invalid when a mark lies nowhere, or the film that goes with it is not there, or not hers */
export async function assertThere(
	step: Database,
	of: AssessableSubmission,
	by: PersonActor,
	{ pins, answerId }: Pick<AssessmentInput, 'pins' | 'answerId'>
): Promise<void> {
	const sent = await works.worksOf(step, of.id);
	if (!pins.every((pin) => isOn(sent, pin))) throw new Invalid({ pins: 'pin_odd' });
	if (answerId !== '') assertFilm(sent, by, answerId, 'answerId');
}

/** @throws Invalid when it is no film that she has sent in answer, has not arrived, or cannot be used */
export function assertFilm(
	sent: readonly Work[],
	by: PersonActor,
	id: string,
	field: string
): void {
	const film = sent.find((work) => work.id === id);
	if (film?.kind !== 'answer' || film.personId !== by.id || film.state === 'arriving')
		throw new Invalid({ [field]: 'work_arriving' });
	if (film.state === 'failed') throw new Invalid({ [field]: 'work_failed' });
}

/** Whether the next round has not been sent: what was answered stays as it is then. */
export async function isNewest(db: Database, of: Submission): Promise<boolean> {
	const [newest, before] = await submissions.roundsOf(db, of);
	const sent = newest?.state === 'draft' ? before : newest;
	return sent?.id === of.id;
}

/**
 * From now on this is what its trainee is told, and what counts. Call it in a transaction.
 * @param from what it must be, and with `revision` the very revision that was seen
 * @param said of all whose assessments decide
 * @returns the ids of the answers
 * @throws Conflict when it is something else by now
 */
export async function decide(
	step: Database,
	of: Submission,
	from: { states: readonly SubmissionState[]; revision?: number },
	result: Result,
	said: readonly queries.Said[]
): Promise<string[]> {
	const to = { state: result, looking_by: null, looking_at: null, seen_at: null } as const;
	if (!(await submissions.move(step, of.id, from, to))) throw new Conflict('stale');
	const [last] = await queries.assessmentsOf(step, of.id);
	const decision = (last?.number ?? 0) + 1;
	const ids: string[] = [];
	for (const [at, one] of said.entries()) {
		const id = newId();
		const row = { id, submissionId: of.id, number: decision + at, decision, ...one };
		await queries.addAssessment(step, row);
		ids.push(id);
	}
	const about = { subjectId: of.lessonId, title: of.lessonTitle };
	await notifications.tell(step, 'work_answered', about, [of.personId]);
	if (result === 'passed') await completeWhenDone(step, of.personId, of.lessonId);
	// Only a pass that is corrected: what was complete without one stays (decision 0024).
	else if (of.state === 'passed') await takeBackUnlessDone(step, of.personId, of.lessonId);
	return ids;
}
