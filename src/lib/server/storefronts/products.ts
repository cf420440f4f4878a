/** What shops sell, as it is shown, and what staff keep by hand of it. */
import { isStale, MAX_PRODUCTS, type ProductInput, SHOWN_PRODUCTS } from '#lib/domain/products.ts';
import type { Actor } from '../access/actor.ts';
import { mayKeepStorefronts } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import type { Storage } from '../storage/storage.ts';
import * as pictures from './product-pictures.ts';
import * as queries from './products.queries.ts';
import type { EditableStorefront } from './storefronts.ts';

const asShown = ({ isFailing, isHeld, ...row }: queries.ProductRow) => ({
	...row,
	isStale: isStale({ ...row, isFailing, isHeld })
});
export type Product = ReturnType<typeof asShown>;

/**
 * The first of these shops' products, by shop and in its own order. Whoever asks has looked at who may
 * see the shops.
 */
export async function firstOfShops(
	db: Database,
	storefrontIds: readonly string[]
): Promise<Map<string, Product[]>> {
	const rows = await queries.productsOf(db, storefrontIds, SHOWN_PRODUCTS);
	return Map.groupBy(rows.map(asShown), ({ storefrontId }) => storefrontId);
}

export const of = async (db: Database, { id }: EditableStorefront): Promise<Product[]> =>
	(await queries.productsOf(db, [id])).map(asShown);

/**
 * Keeps a product of a closed platform by hand: a new one, or what is true now of one that is kept.
 * @param product its id is made with the form: sent twice it is one product
 * @throws NotFound when it is another shop's, or the shop's own to say
 * @throws Invalid for a picture that is none, and for one product too many
 */
export async function keepByHand(
	db: Database,
	storage: Storage,
	storefront: EditableStorefront,
	{ picture, ...product }: Omit<ProductInput, 'picture'> & { picture: Uint8Array }
): Promise<void> {
	const known = await handKept(db, storefront, product.id);
	const pictureFile =
		picture.length === 0 ? null : await pictures.store(storage, product.id, picture);
	const row = { ...product, at: now(), pictureFile };
	if (known) await queries.changeByHand(db, row);
	else await addByHand(db, storage, { ...row, storefrontId: storefront.id });
	if (known && pictureFile !== null)
		await pictures.forget(storage, known.id, { old: known.pictureFile, kept: pictureFile });
}

type NewByHand = Omit<Parameters<typeof queries.addByHand>[1], 'position'>;

async function addByHand(db: Database, storage: Storage, row: NewByHand): Promise<void> {
	try {
		await db.transaction().execute(async (step) => {
			if (await queries.productById(step, row.id)) return; // the form's second press
			const { count, last } = await queries.placesByHand(step, row.storefrontId);
			if (count >= MAX_PRODUCTS)
				throw new Invalid({ '': { code: 'too_many_entries', values: { limit: MAX_PRODUCTS } } });
			await queries.addByHand(step, { ...row, position: last + 1 });
		});
	} catch (error) {
		if (isUniqueViolation(error)) return; // so it was, at the same moment
		await pictures.forgetAll(storage, [row.id]);
		throw error;
	}
}

/** @throws NotFound when it is another shop's, or one that the shop itself gives */
async function handKept(db: Database, storefront: EditableStorefront, id: string) {
	const known = await queries.productById(db, id);
	const isOthers = known && known.storefrontId !== storefront.id;
	if (isOthers || (known && known.externalId !== null)) throw new NotFound();
	return known;
}

/** @throws NotFound as `keepByHand`, and when it is gone already */
export async function removeByHand(
	db: Database,
	storage: Storage,
	storefront: EditableStorefront,
	id: string
): Promise<void> {
	if (!(await handKept(db, storefront, id))) throw new NotFound();
	await queries.removeProducts(db, [id]);
	await pictures.forgetAll(storage, [id]);
}

/**
 * Where a product's picture lies, for staff and for those who are asked, or have agreed, to work in
 * its shop; everybody else sees what the showcase shows.
 * @throws NotFound for anybody else, and for a picture that was replaced
 */
export async function pictureFor(
	db: Database,
	actor: Actor,
	productId: string,
	file: string
): Promise<string> {
	const product = await queries.productById(db, productId);
	if (!product || product.pictureFile !== file || actor.type !== 'person') throw new NotFound();
	const may =
		mayKeepStorefronts(actor) || (await queries.isPlacedIn(db, product.storefrontId, actor.id));
	if (!may) throw new NotFound();
	return pictures.keyOf(productId, file);
}

/** Where a picture lies that whoever asks has found to be shown to everybody. */
export const pictureKey = pictures.keyOf;
