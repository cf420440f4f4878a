/**
 * Work that two assess, each without knowing what the other thinks, and a third where they do not
 * agree. Nobody but herself sees what somebody thinks before it is decided.
 */
import type { AssessmentInput, Levels, Pin } from '#lib/domain/assessing.ts';
import { askedFor, decisionOf, type Hearing } from '#lib/domain/deciding.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { Conflict } from '../errors.ts';
import { newId, now } from '../ids.ts';
import type { Said } from './assessments.queries.ts';
import { assertThere, decide, saidIn } from './deciding.ts';
import * as queries from './opinions.queries.ts';
import type { AssessableSubmission, Submission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';

type Opinion = queries.Opinion;
type Given = Opinion & { givenAt: string; result: NonNullable<Opinion['result']> };

const isGiven = (opinion: Opinion): opinion is Given => opinion.result !== null;
const resultsOf = (opinions: readonly Opinion[]) =>
	opinions.filter(isGiven).map(({ result }) => result);

type Of = Pick<Submission, 'id' | 'courseId' | 'personId'>;
type Facts = {
	teaching: { courseId: string; personId: string }[];
	named: { submissionId: string; personId: string }[];
};

/** Those who may assess it: they teach its course, or staff have named them. Never its trainee. */
export function mayAssessOf(of: Of, { teaching, named }: Facts): Set<string> {
	const may = new Set([
		...teaching.filter(({ courseId }) => courseId === of.courseId).map((one) => one.personId),
		...named.filter(({ submissionId }) => submissionId === of.id).map((one) => one.personId)
	]);
	may.delete(of.personId);
	return may;
}

/** The same, asked of the database for one. */
export async function mayAssessNow(db: Database, of: Of): Promise<Set<string>> {
	const [teaching, named] = await Promise.all([
		queries.teaching(db, [of.courseId]),
		queries.appointed(db, [of.id])
	]);
	return mayAssessOf(of, { teaching, named });
}

/** Without the seats of those who have left before they had given anything. */
export const stillThere = (opinions: readonly Opinion[], may: ReadonlySet<string>): Opinion[] =>
	opinions.filter((one) => isGiven(one) || may.has(one.personId));

export const hearingOf = (seats: readonly Opinion[]): Hearing => {
	const results = resultsOf(seats);
	return {
		...{ given: results.length, looking: seats.length - results.length },
		asked: askedFor(results)
	};
};

/**
 * Locks it, so that of two who do something at once each sees what the other has done.
 * @throws Conflict when it is neither waiting nor being looked at (any more)
 */
async function hold(step: Database, of: Submission, by: PersonActor): Promise<void> {
	const to = { state: 'looking', looking_by: by.id, looking_at: now() } as const;
	if (await submissions.move(step, of.id, { states: ['sent'] }, to)) return;
	if (!(await submissions.move(step, of.id, { states: ['looking'] }, {})))
		throw new Conflict('stale');
}

/**
 * Begins to look, in a seat that is free; or knowingly in that of a colleague who has begun.
 * @param instead whose seat, where none is free
 * @throws Conflict when no seat is free, or that colleague has given hers by now
 */
export const begin = (
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	instead?: string
): Promise<void> =>
	db.transaction().execute(async (step) => {
		await hold(step, of, by);
		const may = await mayAssessNow(step, of);
		const all = await queries.opinionsOf(step, of.id);
		if (all.some(({ personId }) => personId === by.id)) return;
		const seat = freeSeat(stillThere(all, may), instead);
		if (seat === undefined) throw new Conflict('stale');
		const before = all.find((one) => one.seat === seat);
		if (before) await queries.leaveSeat(step, of.id, before.personId);
		const row = { id: newId(), submissionId: of.id, seat, personId: by.id, at: now() };
		await queries.takeSeat(step, row);
	});

/** Where somebody may sit down: a seat that nobody has, else that of whom she is to take over from. */
function freeSeat(there: readonly Opinion[], instead: string | undefined): number | undefined {
	if (there.length < askedFor(resultsOf(there)))
		return [1, 2, 3].find((number) => there.every(({ seat }) => seat !== number));
	return there.find((one) => one.personId === instead && !isGiven(one))?.seat;
}

/** Gives up her seat: somebody else may have it. @throws Conflict when she has none to give up */
export const release = (db: Database, of: AssessableSubmission, by: PersonActor): Promise<void> =>
	db.transaction().execute(async (step) => {
		await hold(step, of, by);
		if (!(await queries.leaveSeat(step, of.id, by.id))) throw new Conflict('stale');
		const [other] = await queries.opinionsOf(step, of.id);
		const to = other
			? ({ looking_by: other.personId } as const)
			: ({ state: 'sent', looking_by: null, looking_at: null } as const);
		await submissions.move(step, of.id, { states: ['looking'] }, to);
	});

/**
 * Says what she thinks; once, and for good. Where that decides, the trainee is told at once.
 * @returns whether it does
 * @throws Invalid as `saidIn` and `assertThere`
 * @throws Conflict when she has given it already, or somebody else has her seat by now
 */
export async function give(
	db: Database,
	of: AssessableSubmission,
	by: PersonActor,
	input: AssessmentInput
): Promise<boolean> {
	const said = saidIn(of, by, input);
	return db.transaction().execute(async (step) => {
		const states = ['looking'] as const;
		if (!(await submissions.move(step, of.id, { states }, {}))) throw new Conflict('stale');
		await assertThere(step, of, by, input);
		if (!(await queries.give(step, of.id, said))) {
			const all = await queries.opinionsOf(step, of.id);
			const mine = all.find(({ personId }) => personId === by.id);
			throw new Conflict(mine ? 'opinion_given' : 'stale');
		}
		const given = (await queries.opinionsOf(step, of.id)).filter(isGiven);
		const result = decisionOf(resultsOf(given));
		if (result === undefined) return false;
		const deciding = given.filter((one) => one.result === result);
		await decide(step, of, { states }, result, deciding.map(asSaid));
		return true;
	});
}

const asSaid = ({ personId, givenAt, result, levels, comment, pins, answerId }: Given): Said => ({
	...{ by: personId, at: givenAt, result, levels, comment, pins, answerId }
});

/** What one of several has given. */
export type GivenOpinion = ReturnType<typeof shown>;
const shown = ({ levels, pins, givenAt, ...opinion }: Given) => ({
	...{ seat: opinion.seat, personId: opinion.personId, assessedBy: opinion.personName },
	...{ result: opinion.result, comment: opinion.comment, answerId: opinion.answerId },
	...{ assessedAt: givenAt, levels: JSON.parse(levels) as Levels, pins: JSON.parse(pins) as Pin[] }
});

/**
 * How it stands, for one of those who may assess it: who looks, what she has given herself, and
 * what everybody has given once it is decided; until then nobody's but her own.
 */
export async function standingFor(db: Database, of: AssessableSubmission, by: PersonActor) {
	const [all, may] = await Promise.all([queries.opinionsOf(db, of.id), mayAssessNow(db, of)]);
	const seats = stillThere(all, may);
	const given = all.filter(isGiven);
	const isDecided = of.state === 'passed' || of.state === 'again';
	const mine = seats.find(({ personId }) => personId === by.id);
	const hearing = hearingOf(seats);
	const isFree = seats.length < hearing.asked;
	const looking = seats.filter((one) => !isGiven(one) && one.personId !== by.id);
	return {
		hearing,
		isMine: mine !== undefined && !isGiven(mine),
		/** Who could be taken over from, by name; nobody where a seat is free. */
		looking: isFree ? [] : looking.map(({ personId, personName }) => ({ personId, personName })),
		isOpenToMe: mine === undefined && isFree,
		given: given.filter(({ personId }) => isDecided || personId === by.id).map(shown)
	};
}

/** The same in numbers, for its trainee. */
export async function hearing(db: Database, of: Submission): Promise<Hearing> {
	const [all, may] = await Promise.all([queries.opinionsOf(db, of.id), mayAssessNow(db, of)]);
	return hearingOf(stillThere(all, may));
}
