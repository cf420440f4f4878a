import type { Database } from '../database/database.ts';

/** Rows in one statement: databases take no more values than this in one. */
const ROWS_AT_ONCE = 500;

const inParts = <Row>(rows: readonly Row[]): Row[][] =>
	Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
		rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE)
	);

export async function peopleByNumber(db: Database, numbers: readonly string[]) {
	const found: { personId: string; number: string; displayName: string }[] = [];
	for (const part of inParts(numbers))
		found.push(
			...(await db
				.selectFrom('person_number')
				.innerJoin('person', 'person.id', 'person_number.person_id')
				.where('number', 'in', part)
				.select(['person.id as personId', 'number', 'display_name as displayName'])
				.execute())
		);
	return found;
}

export type NumberedPerson = { id: string; displayName: string; number: string };
type Given = { by: string; at: string };

/** People without a password, known by their number if there is one. */
export async function addPeople(
	db: Database,
	people: readonly NumberedPerson[],
	{ by, at }: Given
): Promise<void> {
	for (const part of inParts(people))
		await db
			.insertInto('person')
			.values(
				part.map(({ id, displayName }) => ({
					id,
					display_name: displayName,
					sign_in_name: null,
					password_hash: null,
					created_at: at
				}))
			)
			.execute();
	const numbered = people.filter(({ number }) => number !== '');
	for (const part of inParts(numbered))
		await db
			.insertInto('person_number')
			.values(part.map(({ id, number }) => ({ person_id: id, number, given_by: by, given_at: at })))
			.execute();
}

/** Whoever is a trainee already keeps the role as it was given. */
export async function grantTrainee(
	db: Database,
	grants: readonly { id: string; personId: string }[],
	{ by, at }: Given
): Promise<void> {
	for (const part of inParts(grants))
		await db
			.insertInto('role_grant')
			.values(
				part.map(({ id, personId }) => ({
					id,
					person_id: personId,
					role: 'trainee' as const,
					granted_by: by,
					granted_at: at,
					revoked_by: null,
					revoked_at: null
				}))
			)
			.onConflict((conflict) =>
				conflict.columns(['person_id', 'role']).where('revoked_at', 'is', null).doNothing()
			)
			.execute();
}
