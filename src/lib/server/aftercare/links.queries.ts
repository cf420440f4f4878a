import type { Database } from '../database/database.ts';

/** Placements in which work has begun: who, where, from when and, when it is over, until when. */
const links = (db: Database) =>
	db
		.selectFrom('placement')
		.innerJoin('person as graduate', 'graduate.id', 'placement.person_id')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.innerJoin('placement_event as begun', (join) =>
			join.onRef('begun.placement_id', '=', 'placement.id').on('begun.action', '=', 'activate')
		)
		.leftJoin('placement_event as over', (join) =>
			join
				.onRef('over.placement_id', '=', 'placement.id')
				.on('over.to_state', 'in', ['withdrawn', 'ended'])
		)
		.select(['placement.id', 'placement.person_id as personId', 'placement.role'])
		.select(['graduate.display_name as graduateName', 'storefront.name as shopName'])
		.select(['begun.happened_at as from', 'over.happened_at as until']);
export type Link = Awaited<ReturnType<typeof activeLinks>>[number];

/** Undefined also where work has not begun. */
export const linkOf = (db: Database, placementId: string) =>
	links(db).where('placement.id', '=', placementId).executeTakeFirst();

export const linksOfPerson = (db: Database, personId: string) =>
	links(db).where('placement.person_id', '=', personId).execute();

/** Those in which somebody works now. */
export const activeLinks = (db: Database) =>
	links(db).where('placement.state', '=', 'active').orderBy('placement.id').execute();

/** The same, and those of which an alarm is still open, whatever has become of them. */
export const linksToCareFor = (db: Database) =>
	links(db)
		.where((where) =>
			where.or([
				where('placement.state', '=', 'active'),
				where.exists(
					where
						.selectFrom('placement_alarm')
						.whereRef('placement_alarm.placement_id', '=', 'placement.id')
						.where('placement_alarm.closed_at', 'is', null)
						.select('placement_alarm.id')
				)
			])
		)
		.orderBy('placement.id')
		.execute();

export async function proposerOf(db: Database, placementId: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('placement_event')
		.where('placement_id', '=', placementId)
		.where('action', '=', 'propose')
		.select('by_person_id as id')
		.executeTakeFirst();
	return row?.id;
}

/** Everybody who is staff now; who has the fewest open alarms to look after first. */
export async function staffByLoad(db: Database): Promise<string[]> {
	const rows = await db
		.selectFrom('role_grant')
		.leftJoin('placement_alarm', (join) =>
			join
				.onRef('placement_alarm.raised_to', '=', 'role_grant.person_id')
				.on('placement_alarm.closed_at', 'is', null)
		)
		.where('role_grant.role', '=', 'staff')
		.where('role_grant.revoked_at', 'is', null)
		.groupBy('role_grant.person_id')
		.select('role_grant.person_id as id')
		.orderBy((of) => of.fn.count('placement_alarm.id'))
		.orderBy('role_grant.person_id')
		.execute();
	return rows.map(({ id }) => id);
}
