import { patternOf } from '#lib/domain/listing.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Database } from '../database/database.ts';

const peopleFound = (db: Database, find: string) =>
	db
		.selectFrom('person')
		.leftJoin('person_number', 'person_number.person_id', 'person.id')
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('role_grant')
					.whereRef('role_grant.person_id', '=', 'person.id')
					.where('revoked_at', 'is', null)
					.select('role_grant.id')
			)
		)
		.$if(find !== '', (rows) =>
			rows.where((eb) =>
				eb.or([
					eb(eb.fn<string>('lower', ['display_name']), 'like', patternOf(find)),
					eb(eb.fn<string>('lower', ['person_number.number']), 'like', patternOf(find))
				])
			)
		);

export async function countOfPeople(db: Database, find: string): Promise<number> {
	const row = await peopleFound(db, find)
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(row.n);
}

/** Whoever may do more than learn comes first: there are few, and they are looked for most. */
export const peopleOnPage = (
	db: Database,
	{ find, offset, limit }: { find: string; offset: number; limit: number }
) =>
	peopleFound(db, find)
		.select(['person.id', 'person.display_name as displayName', 'number'])
		.orderBy((eb) =>
			eb
				.case()
				.when(
					eb.exists(
						eb
							.selectFrom('role_grant')
							.whereRef('role_grant.person_id', '=', 'person.id')
							.where('revoked_at', 'is', null)
							.where('role', '<>', 'trainee')
							.select('role_grant.id')
					)
				)
				.then(0)
				.else(1)
				.end()
		)
		.orderBy('person.display_name')
		.orderBy('person.id')
		.limit(limit)
		.offset(offset)
		.execute();

export const rolesOfAll = (db: Database, personIds: readonly string[]) =>
	personIds.length === 0
		? Promise.resolve([])
		: db
				.selectFrom('role_grant')
				.where('person_id', 'in', personIds)
				.where('revoked_at', 'is', null)
				.select(['person_id as personId', 'role'])
				.orderBy('role')
				.execute();

/** Holders of a role are few, but for trainees. */
export const holdersOf = (db: Database, roles: readonly Role[]) =>
	db
		.selectFrom('person')
		.innerJoin('role_grant', 'role_grant.person_id', 'person.id')
		.where('role_grant.revoked_at', 'is', null)
		.where('role_grant.role', 'in', roles)
		.select(['person.id', 'person.display_name as displayName', 'role_grant.role'])
		.orderBy('role_grant.role')
		.orderBy('person.display_name')
		.execute();
