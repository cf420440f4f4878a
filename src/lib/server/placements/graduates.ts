/** Graduates: people who hold a certificate that was not revoked. */
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { maySeeGraduates, mayStepAsStaff } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotAllowed, NotFound } from '../errors.ts';
import * as queries from './graduates.queries.ts';
import { openPlacements } from './placements.queries.ts';

type Row = Awaited<ReturnType<typeof queries.standingCertificates>>[number];
export type Graduate = {
	id: string;
	displayName: string;
	certificates: { number: string; courseTitle: string; issuedAt: string }[];
};
/** A graduate, and the member of staff who may propose shops to him. */
export type PlaceableGraduate = Authorized<Graduate & { readonly by: string }, 'propose'>;

/** Everybody who may be proposed a shop, the newest graduate first, with what is open for each. */
export async function all(db: Database, actor: Actor) {
	if (!maySeeGraduates(actor)) throw new NotAllowed();
	const [rows, open] = await Promise.all([queries.standingCertificates(db), openPlacements(db)]);
	return Map.groupBy(rows, (row) => row.personId)
		.entries()
		.map(([personId, own]) => ({
			...asGraduate(personId, own),
			placements: open.filter((placement) => placement.personId === personId)
		}))
		.toArray();
}

/**
 * One graduate, for proposing shops to.
 * @throws NotFound when there is no such person, no certificate that holds, or the actor is not staff
 */
export async function forProposing(
	db: Database,
	actor: Actor,
	personId: string
): Promise<PlaceableGraduate> {
	if (actor.type !== 'person' || !mayStepAsStaff(actor, { personId })) throw new NotFound();
	const rows = await queries.standingCertificatesOf(db, personId);
	if (rows.length === 0) throw new NotFound();
	return grant({ ...asGraduate(personId, rows), by: actor.id }, 'propose');
}

/** Whether this person has graduated himself: only then do shops concern him. */
export const isGraduate = (db: Database, person: PersonActor): Promise<boolean> =>
	queries.isGraduate(db, person.id);

const asGraduate = (id: string, rows: Row[]): Graduate => ({
	id,
	displayName: rows[0]?.displayName ?? '',
	certificates: rows.map(({ number, courseTitle, issuedAt }) => ({ number, courseTitle, issuedAt }))
});
