import type { PlacementRole } from '#lib/domain/placements.ts';
import type { StorefrontInput } from '#lib/domain/storefronts.ts';
import type { Database } from '../database/database.ts';

export async function addStorefront(
	db: Database,
	row: StorefrontInput & { id: string; createdBy: string; createdAt: string }
): Promise<void> {
	await db
		.insertInto('storefront')
		.values({
			id: row.id,
			...columns(row),
			revision: 1,
			created_by: row.createdBy,
			created_at: row.createdAt,
			suspended_by: null,
			suspended_at: null
		})
		.execute();
}

const columns = (input: StorefrontInput) => ({
	name: input.name,
	platform: input.platform,
	address: input.address,
	wares: input.wares,
	help_needed: JSON.stringify(input.helpNeeded)
});

const storefronts = (db: Database) =>
	db
		.selectFrom('storefront')
		.select([
			'storefront.id',
			'storefront.name',
			'storefront.platform',
			'storefront.address',
			'storefront.wares',
			'storefront.help_needed as helpNeeded',
			'storefront.revision',
			'storefront.suspended_at as suspendedAt'
		]);

const withRoles = <Row extends { helpNeeded: string }>(row: Row) => ({
	...row,
	helpNeeded: JSON.parse(row.helpNeeded) as PlacementRole[]
});

export async function storefrontById(db: Database, id: string) {
	const row = await storefronts(db).where('storefront.id', '=', id).executeTakeFirst();
	return row && withRoles(row);
}

/** Every shop with how many graduates are active in it. */
export async function storefrontsWithCounts(db: Database) {
	const rows = await storefronts(db)
		.select((eb) =>
			eb
				.selectFrom('placement')
				.whereRef('placement.storefront_id', '=', 'storefront.id')
				.where('placement.state', '=', 'active')
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('activeCount')
		)
		.orderBy('storefront.name')
		.orderBy('storefront.id')
		.execute();
	return rows.map((row) => ({ ...withRoles(row), activeCount: Number(row.activeCount) }));
}

export async function storefrontsToPropose(db: Database) {
	const rows = await storefronts(db)
		.where('storefront.suspended_at', 'is', null)
		.orderBy('storefront.name')
		.orderBy('storefront.id')
		.execute();
	return rows.map(withRoles);
}

/** Compare and set. @returns false when the shop has moved on from `revision` */
export async function changeStorefront(
	db: Database,
	seen: { id: string; revision: number },
	change: StorefrontInput | { suspendedBy: string; suspendedAt: string } | 'resume'
): Promise<boolean> {
	const set =
		change === 'resume'
			? { suspended_by: null, suspended_at: null }
			: 'suspendedBy' in change
				? { suspended_by: change.suspendedBy, suspended_at: change.suspendedAt }
				: columns(change);
	const result = await db
		.updateTable('storefront')
		.set({ ...set, revision: seen.revision + 1 })
		.where('id', '=', seen.id)
		.where('revision', '=', seen.revision)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}
