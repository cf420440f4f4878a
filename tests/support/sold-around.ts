/** A shop's products in every state a person can find them in, without a shop that is there. */
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId } from '#lib/server/ids.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import type { Outside } from '#lib/server/storefronts/outside/outside.ts';
import * as products from '#lib/server/storefronts/products.ts';
import { REFRESH_PRODUCTS, refreshNow } from '#lib/server/storefronts/refresh.ts';
import { shopOf } from './connected.ts';
import { aPicture, type Good, GOODS, wooProducts } from './shops.ts';

const ORIGIN = 'https://shop.example';

/** A shop that answers so, wherever it is asked. */
const selling =
	(goods: readonly Good[], picture: Buffer): Outside =>
	async ({ address }) => {
		const isPicture = address.endsWith('.jpg');
		const bytes = isPicture ? picture : Buffer.from(JSON.stringify(wooProducts(goods, ORIGIN)));
		return { address, type: isPicture ? 'image/jpeg' : 'application/json', headers: {}, bytes };
	};

/** Connected; one product in another currency since, and the shop silent at last; one kept by hand. */
export async function sellAround(
	db: Database,
	storage: Storage,
	staff: PersonActor,
	storefrontId: string
): Promise<void> {
	const shop = shopOf(db, storage, staff, storefrontId);
	const picture = await aPicture('#d9982b');
	const goods = GOODS.map((good) => ({ ...good, picture: `${ORIGIN}/${good.id}.jpg` }));
	const [first, ...others] = goods;
	const inDollars = [{ ...first, currency: 'USD' } as Good, ...others, ...others];
	const silent: Outside = async () => {
		throw new OutsideFailure('slow');
	};
	await shop.connect(ORIGIN);
	for (const outside of [selling(goods, picture), selling(inDollars, picture), silent]) {
		const job = db.selectFrom('job').where('kind', '=', REFRESH_PRODUCTS);
		const { payload } = await job.select('payload').executeTakeFirstOrThrow();
		await db.deleteFrom('job').where('kind', '=', REFRESH_PRODUCTS).execute();
		await refreshNow(db, { storage, outside }, JSON.parse(payload));
	}
	// Nobody is asked while others look at the pages.
	await db.deleteFrom('job').where('kind', '=', REFRESH_PRODUCTS).execute();
	await products.keepByHand(db, storage, await shop.editable(), {
		...{ id: newId(), title: '手工绿豆糕', priceMinor: 2850, currency: 'CNY' },
		...{ availability: 'pre_order', address: 'https://item.example/1', picture: new Uint8Array() }
	});
}
