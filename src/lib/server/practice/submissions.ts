/** Work that a trainee hands in for a practice task: round after round, until it is passed. */
import type { SubmissionState } from '#lib/domain/handing-in.ts';
import { isAppealOpen } from '#lib/domain/appeals.ts';
import type { Task } from '#lib/domain/practice.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayHandIn } from '../access/policy.ts';
import { instructorIdsOf } from '../courses/courses.ts';
import * as lessons from '../courses/lessons.ts';
import { readTask } from '../courses/practice.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as versions from '../publication/versions.ts';
import { appealsOf } from './appeals.queries.ts';
import { appointed } from './opinions.queries.ts';
import * as queries from './submissions.queries.ts';
import { worksOf } from './works.queries.ts';

type Row = NonNullable<Awaited<ReturnType<typeof queries.submissionById>>>;
export type Submission = Omit<Row, 'task'> & { task: Task };
/** Her own. */
export type OwnSubmission = Authorized<Submission, 'hand-in'>;

/** Somebody else's, for an instructor of its course, or whom staff have named. */
export type AssessableSubmission = Authorized<Submission, 'assess'>;

/** Those who teach its course, and those whom staff have named for this one. */
export async function assessorIdsOf(
	db: Database,
	{ id, courseId }: { id: string; courseId: string }
): Promise<string[]> {
	const [teaching, named] = await Promise.all([instructorIdsOf(db, courseId), appointed(db, [id])]);
	return [...teaching, ...named.map(({ personId }) => personId)];
}

export const asSubmission = (row: Row): Submission => ({ ...row, task: readTask(row.task) });
const OPEN: readonly SubmissionState[] = ['draft', 'sent', 'looking'];

/** What she may hand in for now, if anything: a task of the version that she sees. */
async function openTask(db: Database, actor: Actor, lessonId: string) {
	const lesson = await lessons.forWatching(db, actor, lessonId).catch((error: unknown) => {
		if (error instanceof NotFound) return undefined;
		throw error;
	});
	if (!lesson || !mayHandIn(actor, lesson)) return undefined;
	const version = await versions.seenBy(db, actor, lesson);
	const task = version?.content.practice;
	return version && task && { task, title: version.content.title, versionId: version.id };
}

/**
 * Her rounds of a lesson, newest first, and the task she may hand in for next; also what she has
 * handed in for a lesson that is there no more.
 * @throws NotFound where there is neither
 */
export async function ofLesson(db: Database, actor: Actor, lessonId: string) {
	if (actor.type !== 'person') throw new NotFound();
	const [rows, open] = await Promise.all([
		queries.roundsOf(db, { lessonId, personId: actor.id }),
		openTask(db, actor, lessonId)
	]);
	const [newest] = rows;
	if (!open && !newest) throw new NotFound();
	const isAppealed = await hasOpenAppeal(db, rows);
	return {
		title: open?.title ?? newest?.lessonTitle ?? '',
		/**
		 * Undefined while one is open or appealed against, after one has passed, and where nothing can
		 * be handed in.
		 */
		next: (newest && newest.state !== 'again') || isAppealed ? undefined : open?.task,
		isAppealed,
		/** Whether what she has begun may be sent. */
		mayGoOn: !isAppealed && rows.every(({ state }) => state !== 'passed'),
		rounds: rows.map((row) => grant(asSubmission(row), 'hand-in'))
	};
}

/**
 * The draft that pictures and films are added to; made when the first of them comes.
 * @throws NotFound when this actor has nothing to hand in here
 * @throws Conflict while a round is being looked at, and after one has passed
 */
export async function draftOf(
	db: Database,
	actor: Actor,
	lessonId: string
): Promise<OwnSubmission> {
	const found = await openTask(db, actor, lessonId);
	if (!found || actor.type !== 'person') throw new NotFound();
	const key = { lessonId, personId: actor.id };
	const [before, ...others] = await queries.roundsOf(db, key);
	if (before?.state === 'again' && (await hasOpenAppeal(db, [before, ...others])))
		throw new Conflict('appeal_open');
	if (!before || before.state === 'again')
		await queries.addDraft(db, {
			...{ id: newId(), ...key, versionId: found.versionId, task: JSON.stringify(found.task) },
			assessors: found.task.assessors ?? 1,
			...{ round: (await queries.highestRound(db, key)) + 1, at: now() }
		});
	// Of two who begin at once one has made it; both go on with it.
	const [draft] = await queries.roundsOf(db, key);
	if (draft?.state !== 'draft') throw new Conflict('step_not_possible');
	return grant(asSubmission(draft), 'hand-in');
}

/** @throws NotFound when it is not there, or not this actor's */
export async function forOwner(db: Database, actor: Actor, id: string): Promise<OwnSubmission> {
	const row = await queries.submissionById(db, id);
	if (!row || actor.type !== 'person' || row.personId !== actor.id) throw new NotFound();
	return grant(asSubmission(row), 'hand-in');
}

const hasOpenAppeal = async (db: Database, rounds: readonly { id: string }[]): Promise<boolean> =>
	(
		await appealsOf(
			db,
			rounds.map(({ id }) => id)
		)
	).some(isAppealOpen);

/**
 * One try after the other: none is sent while the one before is appealed against, or has passed.
 * What was answered is locked, so that an appeal of this very moment is either seen or too late.
 */
async function assertNext(step: Database, own: OwnSubmission): Promise<void> {
	const rounds = await queries.roundsOf(step, own);
	const [before] = rounds.filter(({ round }) => round < own.round);
	if (!before) return;
	if (!(await queries.move(step, before.id, { states: ['again'] }, {})))
		throw new Conflict('step_not_possible');
	if (await hasOpenAppeal(step, rounds)) throw new Conflict('appeal_open');
}

/**
 * Hands it in. Pressed twice, it does so once.
 * @throws Conflict while the try before is appealed against, and when it has passed by that
 * @throws NotFound when she is not in a class any more, or the lesson was withdrawn
 * @throws Invalid when there is nothing in it, or something has not arrived or cannot be used
 */
export async function send(
	db: Database,
	by: PersonActor,
	own: OwnSubmission,
	comment: string
): Promise<void> {
	if (!(await openTask(db, by, own.lessonId))) throw new NotFound();
	await db.transaction().execute(async (step) => {
		const to = { state: 'sent', sent_at: now(), comment } as const;
		if (!(await queries.move(step, own.id, { states: ['draft'] }, to))) return;
		await assertNext(step, own);
		const works = await worksOf(step, own.id);
		if (works.some(({ state }) => state === 'arriving')) throw new Invalid({ '': 'work_arriving' });
		if (works.some(({ state }) => state === 'failed')) throw new Invalid({ '': 'work_failed' });
		if (!works.some(({ kind }) => kind !== 'comment')) throw new Invalid({ '': 'work_none' });
		const about = { subjectId: own.lessonId, title: own.lessonTitle };
		const assessors = (await assessorIdsOf(step, own)).filter((id) => id !== own.personId);
		await notifications.tell(step, 'work_handed_in', about, assessors);
	});
}

/**
 * Takes it back to change it, while nobody has begun to look.
 * @throws Conflict when somebody has
 */
export async function withdraw(db: Database, own: OwnSubmission): Promise<void> {
	const to = { state: 'draft', sent_at: null } as const;
	if (await queries.move(db, own.id, { states: ['sent'] }, to)) return;
	const now = await queries.submissionById(db, own.id);
	if (now?.state !== 'draft') throw new Conflict('looking_already');
}

/** She has seen the newest answer. */
export async function noteSeen(db: Database, own: OwnSubmission): Promise<void> {
	if (own.seenAt === null)
		await queries.move(db, own.id, { states: ['passed', 'again'] }, { seen_at: now() });
}

/**
 * What is to be erased is nobody's to see from now on; `works.eraseNow` removes its files, then it.
 * @throws Conflict while it is being looked at, also again because she has asked for it
 */
export async function beginErasing(db: Database, own: OwnSubmission): Promise<void> {
	const states = ['draft', 'sent', 'passed', 'again'] as const;
	const [appeal] = await appealsOf(db, [own.id]);
	if (appeal && isAppealOpen(appeal) && appeal.lookingBy !== null)
		throw new Conflict('looking_already');
	if (!(await queries.move(db, own.id, { states }, { removed_at: now() })))
		throw new Conflict('looking_already');
}

/** How far she is with each lesson's task: the newest round, and whether its answer is news. */
export async function standingsOf(db: Database, by: PersonActor) {
	const standings = new Map<string, { state: SubmissionState; isNew: boolean }>();
	for (const { lessonId, state, seenAt } of await queries.standingsOf(db, by.id))
		if (!standings.has(lessonId))
			standings.set(lessonId, { state, isNew: !OPEN.includes(state) && seenAt === null });
	return standings;
}
