/** The public page of shops. It is asked anew at every look: who withdrew is gone at once. */
import type { Database } from '../database/database.ts';
import * as queries from './showcase.queries.ts';

/** Shops with at least one graduate active in them who agreed to be shown; for everybody. */
export async function shops(db: Database) {
	const rows = await queries.shownPlacements(db);
	return Map.groupBy(rows, (row) => row.storefrontId)
		.values()
		.flatMap((own) => {
			const [shop] = own;
			if (!shop) return [];
			return [
				{
					name: shop.shopName,
					platform: shop.platform,
					address: shop.address,
					wares: shop.wares,
					graduates: own.map(({ graduateName, role }) => ({ name: graduateName, role }))
				}
			];
		})
		.toArray();
}
