/** The public page of shops. It is asked anew at every look: who withdrew is gone at once. */
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import * as products from '../storefronts/products.ts';
import * as queries from './showcase.queries.ts';

/** Shops with at least one graduate active in them who agreed to be shown; for everybody. */
export async function shops(db: Database) {
	const rows = await queries.shownPlacements(db);
	const shown = Map.groupBy(rows, (row) => row.storefrontId);
	const productsByShop = await products.firstOfShops(db, [...shown.keys()]);
	return shown
		.entries()
		.flatMap(([storefrontId, own]) => {
			const [shop] = own;
			if (!shop) return [];
			return [
				{
					name: shop.shopName,
					platform: shop.platform,
					address: shop.address,
					wares: shop.wares,
					graduates: own.map(({ graduateName, role }) => ({ name: graduateName, role })),
					products: productsByShop.get(storefrontId) ?? []
				}
			];
		})
		.toArray();
}

/**
 * Where the picture of a product of a shown shop lies.
 * @throws NotFound from the moment on that its shop is shown no more
 */
export async function pictureOf(db: Database, productId: string, file: string): Promise<string> {
	if ((await queries.shownPictureOf(db, productId)) !== file) throw new NotFound();
	return products.pictureKey(productId, file);
}
