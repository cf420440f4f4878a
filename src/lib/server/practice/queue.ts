/** Who waits for whom: what is an instructor's to assess, and what staff have to help with. */
import { isAppealOpen } from '#lib/domain/appeals.ts';
import type { Hearing } from '#lib/domain/deciding.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayAppointAssessors, mayAppointFor } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotAllowed, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { appealsOf } from './appeals.queries.ts';
import * as opinions from './opinions.queries.ts';
import { asSubmission, type Submission } from './submissions.ts';
import * as submissions from './submissions.queries.ts';
import { hearingOf, mayAssessNow, mayAssessOf, stillThere } from './together.ts';

const MAX_LISTED = 100;

type Row = Awaited<ReturnType<typeof submissions.sentTo>>[number];
export type Waiting = Omit<Row, 'task'> & {
	taskTitle: string;
	/** Where two assess: how far they have come. */
	hearing?: Hearing;
	/** Since when, of an appeal, and who looks at it. */
	appeal?: { askedAt: string; lookingByName: string | null };
};

const titled = ({ task, ...row }: Row): Waiting => ({
	...row,
	taskTitle: asSubmission({ task, ...row }).task.title
});

/**
 * What waits for this instructor, longest first; what waits for others, of which she has done her
 * share or whose seats are taken; and what was answered lately.
 */
export async function ofInstructor(db: Database, by: PersonActor) {
	const [sent, answered, appealed] = await Promise.all([
		submissions.sentTo(db, by.id, ['sent', 'looking'], MAX_LISTED),
		submissions.sentTo(db, by.id, ['passed', 'again'], MAX_LISTED),
		submissions.appealedTo(db, by.id, MAX_LISTED)
	]);
	const appealedIds = appealed.map(({ id }) => id);
	const [seats, assessors, teaching, named] = await Promise.all([
		opinions.opinionsOfAll(
			db,
			sent.map(({ id }) => id)
		),
		opinions.assessorsOf(db, appealedIds),
		opinions.teaching(db, [...new Set(sent.map(({ courseId }) => courseId))]),
		opinions.appointed(
			db,
			sent.map(({ id }) => id)
		)
	]);
	const mine: Waiting[] = [];
	const others: Waiting[] = [];
	for (const { askedAt, appealLookingByName, ...row } of appealed) {
		const appeal = { askedAt, lookingByName: appealLookingByName };
		const hasAssessed = assessors.some(
			({ submissionId, personId }) => submissionId === row.id && personId === by.id
		);
		(hasAssessed ? others : mine).push({ ...titled(row), appeal });
	}
	for (const row of sent) {
		if (row.assessors === 1) {
			mine.push(titled(row));
			continue;
		}
		const may = mayAssessOf(row, { teaching, named });
		const its = stillThere(
			seats.filter(({ submissionId }) => submissionId === row.id),
			may
		);
		const own = its.find(({ personId }) => personId === by.id);
		const hearing = hearingOf(its);
		const isFree = its.length < hearing.asked;
		const isMine = own ? own.givenAt === null : isFree;
		(isMine ? mine : others).push({ ...titled(row), hearing });
	}
	return {
		...{ mine, others },
		answered: answered
			.filter(({ id }) => !appealedIds.includes(id))
			.map(titled)
			.reverse()
	};
}

export type Stuck = {
	id: string;
	personName: string;
	lessonTitle: string;
	courseTitle: string;
	/** Since when. */
	at: string;
	hearing?: Hearing;
	isAppeal: boolean;
	/** Nobody is left who could do what is to be done. */
	isStuck: boolean;
	/** Who has been named for it. */
	named: string[];
	/** Who cannot be named: may assess already, has assessed, or has done the work. */
	excluded: string[];
};

/**
 * All that waits for a second or third, and all appeals; those first where nobody is left, then
 * longest first. Staff see how it stands, not the work, nor what anybody thinks of it.
 * @throws NotAllowed when the actor is no staff
 */
export async function forStaff(
	db: Database,
	actor: Actor
): Promise<{ waiting: Stuck[]; instructors: { id: string; displayName: string }[] }> {
	if (!mayAppointAssessors(actor)) throw new NotAllowed();
	const [forTwo, appealed, instructors] = await Promise.all([
		submissions.waitingForTwo(db, MAX_LISTED),
		submissions.appealed(db, MAX_LISTED),
		opinions.instructors(db)
	]);
	const rows = [
		...appealed.map(({ askedAt, ...row }) => ({ ...row, isAppeal: true, at: askedAt })),
		...forTwo.map((row) => ({ ...row, isAppeal: false, at: row.sentAt ?? '' }))
	];
	const ids = rows.map(({ id }) => id);
	const [seats, assessors, teaching, named] = await Promise.all([
		opinions.opinionsOfAll(db, ids),
		opinions.assessorsOf(db, ids),
		opinions.teaching(db, [...new Set(rows.map(({ courseId }) => courseId))]),
		opinions.appointed(db, ids)
	]);
	const waiting = rows
		.filter((row) => mayAppointFor(actor, row))
		.map((row): Stuck => {
			const isOf = ({ submissionId }: { submissionId: string }) => submissionId === row.id;
			const may = mayAssessOf(row, { teaching, named });
			const done = assessors.filter(isOf).map(({ personId }) => personId);
			const left = [...may].filter((id) => !done.includes(id)).length;
			const { isAppeal, at } = row;
			const hearing = hearingOf(stillThere(seats.filter(isOf), may));
			return {
				...{ id: row.id, personName: row.personName, lessonTitle: row.lessonTitle },
				...{ courseTitle: row.courseTitle, isAppeal, at, ...(!isAppeal && { hearing }) },
				isStuck: left < (isAppeal ? 1 : hearing.asked - hearing.given),
				named: named.filter(isOf).map(({ personName }) => personName),
				excluded: [...may, ...done, row.personId]
			};
		})
		.sort((a, b) => Number(b.isStuck) - Number(a.isStuck) || a.at.localeCompare(b.at));
	return { waiting, instructors };
}

export type AppointableSubmission = Authorized<Submission & { readonly by: string }, 'appoint'>;

/** @throws NotFound when it is not there, not sent, her own, or the actor is no staff */
export async function forAppointing(
	db: Database,
	actor: Actor,
	id: string
): Promise<AppointableSubmission> {
	const row = await submissions.submissionById(db, id);
	if (!row || row.state === 'draft' || actor.type !== 'person' || !mayAppointFor(actor, row))
		throw new NotFound();
	return grant({ ...asSubmission(row), by: actor.id }, 'appoint');
}

/**
 * Names an instructor who may assess this one, though she does not teach its course.
 * @throws Invalid when she is none, has assessed it, or it is her own
 * @throws Conflict when nothing is to be assessed any more
 */
export async function appoint(
	db: Database,
	of: AppointableSubmission,
	personId: string
): Promise<void> {
	const [appeal] = await appealsOf(db, [of.id]);
	const isWaiting = of.state === 'sent' || of.state === 'looking';
	if (!(isWaiting && of.assessors === 2) && !(appeal && isAppealOpen(appeal)))
		throw new Conflict('stale');
	const [all, before, may] = await Promise.all([
		opinions.instructors(db),
		opinions.assessorsOf(db, [of.id]),
		mayAssessNow(db, of)
	]);
	if (may.has(personId)) return;
	const isOdd =
		personId === of.personId ||
		all.every(({ id }) => id !== personId) ||
		before.some((one) => one.personId === personId);
	if (isOdd) throw new Invalid({ personId: 'choose_one' });
	await opinions.appoint(db, { submissionId: of.id, personId, by: of.by, at: now() });
}
