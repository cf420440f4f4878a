/** Pictures and films of a submission: who may see them, and how they leave. */
import { rm } from 'node:fs/promises';
import type { Actor, PersonActor } from '../access/actor.ts';
import { maySeeAnswer, maySeeWork } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Conflict, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import type { TusUploads } from '../media/tus-uploads.ts';
import type { Storage } from '../storage/storage.ts';
import type { AppealableSubmission } from './appeals.ts';
import { type AssessableSubmission, answerUnderWay } from './assessing.ts';
import { filesOf, folderOf } from './places.ts';
import { assessorIdsOf, beginErasing, type OwnSubmission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import * as queries from './works.queries.ts';

export type Tools = { storage: Storage; uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'> };
const DAY_MS = 24 * 60 * 60_000;
/** As for lessons: long enough for a phone that comes online once a week. */
const KEEP_UNFINISHED_MS = 14 * DAY_MS;
const AT_ONCE = 50;

/**
 * The storage key of one of its files. An answer is anybody else's to see once it is given, and
 * where several decide once that is decided.
 * @throws NotFound for anybody else, and for what is not ready
 */
export async function forFetching(
	db: Database,
	actor: Actor,
	id: string,
	file: string
): Promise<string> {
	const found = await queries.facts(db, id);
	if (!found || found.workState !== 'ready' || !filesOf(found.kind).includes(file))
		throw new NotFound();
	const { personId, submissionId, courseId, kind, state, madeBy } = found;
	const instructorIds = await assessorIdsOf(db, { id: submissionId, courseId });
	const isSent = state !== 'draft';
	if (!maySeeWork(actor, { personId, instructorIds, isSent })) throw new NotFound();
	const answer = {
		...{ personId, madeBy, isAnswered: found.answerOf !== null },
		isAppeal: found.appealOf !== null,
		isDecidedOpinion: found.opinionOf !== null && (state === 'passed' || state === 'again')
	};
	if (kind === 'answer' && !maySeeAnswer(actor, answer)) throw new NotFound();
	return `${folderOf(id)}/${file}`;
}

/** Where each picture and film lies that somebody has sent, as it is kept. */
export async function keysOf(db: Database, { id }: PersonActor): Promise<string[]> {
	const ready = await queries.readyOf(db, id);
	return ready.map((work) => `${folderOf(work.id)}/${filesOf(work.kind)[0]}`);
}

/**
 * Takes one picture or film out of a draft.
 * @throws NotFound when it is not in it
 * @throws Conflict when it is sent already
 */
export async function remove(
	db: Database,
	tools: Tools,
	own: OwnSubmission,
	workId: string
): Promise<void> {
	const work = await queries.workById(db, workId);
	if (work?.submissionId !== own.id || work.kind === 'answer') throw new NotFound();
	if (own.state !== 'draft') throw new Conflict('step_not_possible');
	await removeFiles(tools, workId);
	await queries.removeWork(db, workId);
}

/**
 * Erases a submission with all its files and what was answered to it.
 * @throws Conflict while somebody looks at it
 */
export async function erase(db: Database, tools: Tools, own: OwnSubmission): Promise<void> {
	await beginErasing(db, own);
	await eraseNow(db, tools, own.id);
}

/** Everything that somebody has ever handed in, whatever state it is in: she is leaving. */
export async function eraseAllOf(db: Database, tools: Tools, personId: string): Promise<void> {
	for (const { id } of await submissions.allOf(db, personId)) {
		await submissions.setRemoved(db, id, now());
		await eraseNow(db, tools, id);
	}
}

/** Files first: a row is never without a way to find them. */
async function eraseNow(db: Database, tools: Tools, id: string): Promise<void> {
	for (const work of await queries.worksOf(db, id)) await removeFiles(tools, work.id);
	await db.transaction().execute((step) => submissions.forget(step, id));
}

/** What stopped on its way leaves the disk, and what is being erased is gone on with. */
export async function cleanUp(db: Database, tools: Tools, at = new Date()): Promise<void> {
	const before = new Date(at.getTime() - KEEP_UNFINISHED_MS).toISOString();
	for (const { id } of await queries.arrivingBefore(db, before, AT_ONCE)) {
		await removeFiles(tools, id);
		await queries.removeWork(db, id);
	}
	for (const { id } of await submissions.beingErased(db, AT_ONCE)) await eraseNow(db, tools, id);
}

async function removeFiles({ storage, uploads }: Tools, id: string): Promise<void> {
	await storage.remove(folderOf(id));
	await rm(uploads.pathOf(id), { force: true });
	await uploads.forgetNotes(id);
}

/**
 * Takes back the film of an answer, or of an appeal, that is not given yet.
 * @throws NotFound when there is none of this person's
 */
export async function removeAnswer(
	db: Database,
	tools: Tools,
	of: AssessableSubmission | AppealableSubmission,
	by: PersonActor
): Promise<void> {
	const work = await answerUnderWay(db, of, by);
	if (!work) throw new NotFound();
	await removeFiles(tools, work.id);
	await queries.removeWork(db, work.id);
}
