import type { Database } from '../database/database.ts';

/** Placements of graduates who work in a shop and agreed to be shown. */
const shown = (db: Database) =>
	db
		.selectFrom('placement')
		.innerJoin('storefront', 'storefront.id', 'placement.storefront_id')
		.where('placement.state', '=', 'active')
		.where('placement.showing', '=', 'shown')
		.where('storefront.suspended_at', 'is', null);

/** Their shops and names. Nothing else about anybody. */
export const shownPlacements = (db: Database) =>
	shown(db)
		.innerJoin('person', 'person.id', 'placement.person_id')
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

/** The file of a product's picture; undefined when its shop is not shown, or it has none. */
export async function shownPictureOf(
	db: Database,
	productId: string
): Promise<string | null | undefined> {
	const row = await shown(db)
		.innerJoin('product', 'product.storefront_id', 'storefront.id')
		.where('product.id', '=', productId)
		.select('product.picture_file as file')
		.executeTakeFirst();
	return row?.file;
}
