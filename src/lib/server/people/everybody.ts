/** Everybody who has a role, a page at a time, for staff. */
import { type Listing, type Paged, placeOf } from '#lib/domain/listing.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Actor } from '../access/actor.ts';
import { mayInvitePeople } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotAllowed } from '../errors.ts';
import * as queries from './everybody.queries.ts';

export type Person = { id: string; displayName: string; number: string | null; roles: Role[] };

/** Those whose name or number holds what is looked for; who may do more than learn comes first. */
export async function onPage(db: Database, actor: Actor, listing: Listing): Promise<Paged<Person>> {
	if (!mayInvitePeople(actor)) throw new NotAllowed();
	const { find } = listing;
	const count = await queries.countOfPeople(db, find);
	const { page, pages, ...place } = placeOf(listing, count);
	const people = await queries.peopleOnPage(db, { find, ...place });
	const roles = await queries.rolesOfAll(
		db,
		people.map(({ id }) => id)
	);
	const rows = people.map((person) => ({
		...person,
		roles: roles.filter(({ personId }) => personId === person.id).map(({ role }) => role)
	}));
	return { rows, count, find, page, pages };
}

/** Whoever holds one of these roles today, a row a role, for staff. */
export async function holdersOf(db: Database, actor: Actor, roles: readonly Role[]) {
	if (!mayInvitePeople(actor)) throw new NotAllowed();
	return queries.holdersOf(db, roles);
}
