import {
	type Ending,
	OPEN_STATES,
	type PlacementAction,
	type PlacementRole,
	type PlacementState,
	type Standing
} from '#lib/domain/placements.ts';
import type { Database } from '../database/database.ts';

export async function addPlacement(
	db: Database,
	row: Standing & {
		id: string;
		personId: string;
		storefrontId: string;
		role: PlacementRole;
		revision: number;
		createdAt: string;
	}
): Promise<void> {
	await db
		.insertInto('placement')
		.values({
			id: row.id,
			person_id: row.personId,
			storefront_id: row.storefrontId,
			role: row.role,
			state: row.state,
			showing: row.showing,
			revision: row.revision,
			created_at: row.createdAt
		})
		.execute();
}

/** Compare and set. @returns false when the placement has moved on from `seen.revision` */
export async function movePlacement(
	db: Database,
	seen: { id: string; revision: number },
	to: Standing
): Promise<boolean> {
	const result = await db
		.updateTable('placement')
		.set({ state: to.state, showing: to.showing, revision: seen.revision + 1 })
		.where('id', '=', seen.id)
		.where('revision', '=', seen.revision)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

export async function addEvent(
	db: Database,
	row: {
		id: string;
		placementId: string;
		revision: number;
		action: PlacementAction;
		fromState: PlacementState | null;
		toState: PlacementState;
		byPersonId: string;
		happenedAt: string;
	}
): Promise<void> {
	await db
		.insertInto('placement_event')
		.values({
			id: row.id,
			placement_id: row.placementId,
			revision: row.revision,
			action: row.action,
			from_state: row.fromState,
			to_state: row.toState,
			by_person_id: row.byPersonId,
			happened_at: row.happenedAt
		})
		.execute();
}

export async function addEnding(
	db: Database,
	placementId: string,
	{ reason, note }: Ending
): Promise<void> {
	await db
		.insertInto('placement_ending')
		.values({ placement_id: placementId, reason, note })
		.execute();
}

/** A placement and the shop it leads to. */
const placements = (db: Database) =>
	db
		.selectFrom('placement')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.select([
			'placement.id',
			'placement.person_id as personId',
			'placement.storefront_id as storefrontId',
			'placement.role',
			'placement.state',
			'placement.showing',
			'placement.revision',
			'placement.created_at as createdAt',
			'storefront.name as shopName',
			'storefront.platform',
			'storefront.address',
			'storefront.wares',
			'storefront.suspended_at as shopSuspendedAt'
		]);

export const placementById = (db: Database, id: string) =>
	placements(db).where('placement.id', '=', id).executeTakeFirst();

/** Newest first. */
export const placementsOf = (db: Database, personId: string) =>
	placements(db)
		.where('placement.person_id', '=', personId)
		.orderBy('placement.created_at', 'desc')
		.orderBy('placement.id')
		.execute();

/** What happened to a person's placements, in order. */
export const eventsOf = (db: Database, personId: string) =>
	db
		.selectFrom('placement_event')
		.innerJoin('placement', 'placement.id', 'placement_event.placement_id')
		.innerJoin('person', 'person.id', 'placement_event.by_person_id')
		.leftJoin('placement_ending', (join) =>
			join
				.onRef('placement_ending.placement_id', '=', 'placement.id')
				.on('placement_event.action', '=', 'end')
		)
		.where('placement.person_id', '=', personId)
		.select(['placement_ending.reason', 'placement_ending.note'])
		.select([
			'placement_event.id',
			'placement_event.placement_id as placementId',
			'placement_event.revision',
			'placement_event.action',
			'placement_event.from_state as fromState',
			'placement_event.to_state as toState',
			'placement_event.happened_at as happenedAt',
			'person.display_name as byName'
		])
		.orderBy('placement_event.placement_id')
		.orderBy('placement_event.revision')
		.execute();

/** Who proposed it, and to whom. */
export const proposalOf = (db: Database, placementId: string) =>
	db
		.selectFrom('placement_event')
		.innerJoin('placement', 'placement.id', 'placement_event.placement_id')
		.innerJoin('person as graduate', 'graduate.id', 'placement.person_id')
		.where('placement_event.placement_id', '=', placementId)
		.where('placement_event.action', '=', 'propose')
		.select(['placement_event.by_person_id as byPersonId'])
		.select('graduate.display_name as graduateName')
		.executeTakeFirst();

/** Everybody's open placements in few words, for the list of graduates. */
export const openPlacements = (db: Database) =>
	placements(db).where('placement.state', 'in', OPEN_STATES).orderBy('storefront.name').execute();
