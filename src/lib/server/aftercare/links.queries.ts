import { WORKING_STATES } from '#lib/domain/placements.ts';
import type { Database } from '../database/database.ts';

/** Placements: who, where and, once there was work, from when and until when. */
const links = (db: Database) =>
	db
		.selectFrom('placement')
		.innerJoin('person as graduate', 'graduate.id', 'placement.person_id')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.leftJoin('placement_event as over', (join) =>
			join
				.onRef('over.placement_id', '=', 'placement.id')
				.on('over.to_state', 'in', ['withdrawn', 'ended'])
		)
		.select(['placement.id', 'placement.person_id as personId', 'placement.role'])
		.select(['graduate.display_name as graduateName', 'storefront.name as shopName'])
		.select('over.happened_at as until')
		// With the trial; links of the time before there were trials began with the work.
		.select((of) =>
			of
				.selectFrom('placement_event as begun')
				.whereRef('begun.placement_id', '=', 'placement.id')
				.where('begun.action', 'in', ['begin_trial', 'activate'])
				.select((event) => event.fn.min('begun.happened_at').as('from'))
				.as('from')
		);
export type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>;
export type Begun = Link & { readonly from: string };

export const hasBegun = (link: Link | undefined): link is Begun => (link?.from ?? null) !== null;

export const linkOf = (db: Database, placementId: string) =>
	links(db).where('placement.id', '=', placementId).executeTakeFirst();

/** Those of hers in which there was work. */
export const begunOfPerson = async (db: Database, personId: string): Promise<Begun[]> =>
	(await links(db).where('placement.person_id', '=', personId).execute()).filter(hasBegun);

/** Those in which somebody works now. */
export const workingLinks = async (db: Database): Promise<Begun[]> =>
	(
		await links(db).where('placement.state', 'in', WORKING_STATES).orderBy('placement.id').execute()
	).filter(hasBegun);

/** The same, and those of which an alarm is still open, whatever has become of them. */
export const linksToCareFor = (db: Database): Promise<Link[]> =>
	links(db)
		.where((where) =>
			where.or([
				where('placement.state', 'in', WORKING_STATES),
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
