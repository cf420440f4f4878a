/** People whom a school or the association knows by a number, and who came in by a roster. */
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import * as queries from './numbered.queries.ts';

/** Who has one of these numbers. */
export const byNumber = (db: Database, numbers: readonly string[]) =>
	queries.peopleByNumber(db, numbers);

/**
 * Adds trainees who have no password: they sign in with a card, until they choose one.
 * @param step a transaction: all of them are added, or none
 * @returns their ids, in the order given
 */
export async function addTrainees(
	step: Database,
	people: readonly { displayName: string; number: string }[],
	by: string
): Promise<string[]> {
	const rows = people.map((person) => ({ ...person, id: newId() }));
	await queries.addPeople(step, rows, { by, at: now() });
	const ids = rows.map(({ id }) => id);
	await letBeTrainees(step, ids, by);
	return ids;
}

/** Gives the role to those who do not have it yet. */
export const letBeTrainees = (step: Database, ids: readonly string[], by: string): Promise<void> =>
	queries.grantTrainee(
		step,
		ids.map((personId) => ({ id: newId(), personId })),
		{ by, at: now() }
	);
