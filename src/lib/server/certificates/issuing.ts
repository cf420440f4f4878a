/** Staff issue certificates to those of a class who have done all of its course, and revoke them. */
import { randomInt } from 'node:crypto';
import {
	isReady,
	type Missing,
	missingOf,
	STATUS_LIST_FULL,
	STATUS_LIST_LENGTH
} from '#lib/domain/certificates.ts';
import type { Actor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayIssueCertificates, mayIssueTo } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { Conflict, NotFound } from '../errors.ts';
import { newId, newReadableCode, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import * as classGrid from '../progress/class-grid.ts';
import { type Certificate, byNumber } from './certificates.ts';
import * as queries from './certificates.queries.ts';

type Issuer = { readonly by: Actor & { type: 'person' } };
type Class = Pick<classGrid.SeenClass, 'id' | 'title' | 'courseId' | 'courseTitle'>;
export type IssuingClass = Authorized<
	Class & Issuer & { readonly seen: classGrid.SeenClass },
	'issue'
>;
export type RevocableCertificate = Authorized<Certificate & Issuer, 'revoke'>;

/** e.g. YWS-2026-7KQM-D4XT-9RWE: 31¹² numbers, so that none can be found by guessing. */
const newNumber = (year: number): string => {
	const groups = [0, 1, 2].map(() => newReadableCode(4));
	return `YWS-${year}-${groups.join('-')}`;
};

/** @throws NotFound when the class is not there, or the actor issues no certificates */
export async function forIssuing(
	db: Database,
	actor: Actor,
	classId: string
): Promise<IssuingClass> {
	if (actor.type !== 'person' || !mayIssueCertificates(actor)) throw new NotFound();
	const seen = await classGrid.forSeeing(db, actor, classId);
	const { id, title, courseId, courseTitle } = seen;
	return grant({ id, title, courseId, courseTitle, seen, by: actor }, 'issue');
}

export type Candidate = {
	personId: string;
	displayName: string;
	/** The certificate she has of this course, if one holds. */
	certificate: { number: string; issuedAt: string } | undefined;
	isReady: boolean;
	missing: (Missing & { title: string })[];
};

/** Everybody of the class: who is ready, who has hers, and what the others still need. */
export async function candidates(db: Database, of: IssuingClass): Promise<Candidate[]> {
	const { lessons, rows } = await classGrid.of(db, of.seen);
	const titles = new Map(lessons.map(({ id, title }) => [id, title]));
	const ids = rows.map(({ personId }) => personId);
	const held = await queries.standingOf(db, of.courseId, ids);
	return rows
		.map(({ personId, displayName, cells }) => {
			const certificate = held.find((one) => one.personId === personId);
			return {
				...{ personId, displayName, certificate },
				isReady: !certificate && isReady(cells) && mayIssueTo(of.by, { personId }),
				missing: missingOf(cells).map((lesson) => ({
					...lesson,
					title: titles.get(lesson.lessonId) ?? ''
				}))
			};
		})
		.sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName, 'zh-CN'));
}

/** Those first with whom there is something to do. */
const rank = ({ isReady, certificate }: Candidate): number => (isReady ? 0 : certificate ? 2 : 1);

const TRIES = 20;

/**
 * Issues certificates to these people, or to everybody who is ready. Pressed twice, or by two at
 * once, each gets one.
 * @returns how many were issued
 * @throws Conflict when one of those asked for is not ready (any more)
 */
export async function issue(
	db: Database,
	of: IssuingClass,
	whom: readonly string[] | 'everybody ready',
	association: string
): Promise<number> {
	const all = await candidates(db, of);
	const wanted =
		whom === 'everybody ready'
			? all.filter((one) => one.isReady)
			: whom.map((id) => all.find(({ personId }) => personId === id));
	const ready = wanted.filter((one) => one !== undefined && one.certificate === undefined);
	if (wanted.includes(undefined) || ready.some((one) => !one?.isReady))
		throw new Conflict('not_ready_for_certificate');
	return db.transaction().execute(async (step) => {
		let count = 0;
		for (const one of ready) if (one && (await issueOne(step, of, one, association))) count++;
		return count;
	});
}

async function issueOne(
	step: Database,
	of: IssuingClass,
	{ personId, displayName }: Candidate,
	association: string
): Promise<boolean> {
	const issuedAt = now();
	const id = newId();
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const { list, taken } = await queries.newestList(step);
		const number = newNumber(new Date(issuedAt).getUTCFullYear());
		const isIssued = await queries.addCertificate(step, {
			...{ id, personId, courseId: of.courseId, classId: of.id, issuedBy: of.by.id },
			...{ holderName: displayName, courseTitle: of.courseTitle, association, issuedAt },
			number,
			statusList: taken < STATUS_LIST_FULL ? list : list + 1,
			// By chance, so that neighbours in the list are not neighbours in a class.
			statusIndex: randomInt(STATUS_LIST_LENGTH)
		});
		if (isIssued) {
			const event = { id: newId(), certificateId: id, kind: 'issued', note: '' } as const;
			await queries.addEvent(step, { ...event, by: of.by.id, at: issuedAt });
			const about = { subjectId: number, title: of.courseTitle };
			await notifications.tell(step, 'certificate_issued', about, [personId]);
			return true;
		}
		const held = await queries.standingOf(step, of.courseId, [personId]);
		if (held.length > 0) return false; // a colleague was faster
	}
	throw new Error('no free place in the status list');
}

/** @throws NotFound when it is not there, or the actor may not revoke it */
export async function forRevoking(
	db: Database,
	actor: Actor,
	number: string
): Promise<RevocableCertificate> {
	const certificate = await byNumber(db, number);
	if (actor.type !== 'person' || !mayIssueTo(actor, certificate)) throw new NotFound();
	return grant({ ...certificate, by: actor }, 'revoke');
}

/** What was done with it, newest first, for those who may revoke it. */
export const eventsOf = (db: Database, { id }: RevocableCertificate) => queries.eventsOf(db, id);

/**
 * From this moment it no longer holds, on the public page and for every verifier.
 * @throws Conflict when somebody has revoked it already
 */
export async function revoke(
	db: Database,
	certificate: RevocableCertificate,
	reason: string
): Promise<void> {
	const at = now();
	await db.transaction().execute(async (step) => {
		if (!(await queries.revoke(step, certificate.id, { at, reason })))
			throw new Conflict('already_revoked');
		const event = { id: newId(), certificateId: certificate.id, kind: 'revoked' } as const;
		await queries.addEvent(step, { ...event, by: certificate.by.id, at, note: reason });
	});
}
