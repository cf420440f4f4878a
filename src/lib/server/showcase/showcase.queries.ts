import type { Database } from '../database/database.ts';

/** Shops of graduates who work in them and agreed to be shown. Nothing else about anybody. */
export const shownPlacements = (db: Database) =>
	db
		.selectFrom('placement')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.innerJoin('person', 'person.id', 'placement.person_id')
		.where('placement.state', '=', 'active')
		.where('placement.showing', '=', 'shown')
		.where('storefront.suspended_at', 'is', null)
		.select([
			'storefront.id as storefrontId',
			'storefront.name as shopName',
			'storefront.platform',
			'storefront.address',
			'storefront.wares',
			'placement.role',
			'person.display_name as graduateName'
		])
		.orderBy('storefront.name')
		.orderBy('storefront.id')
		.orderBy('placement.created_at')
		.execute();
