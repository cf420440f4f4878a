import { OPEN_STATES } from '#lib/domain/placements.ts';
import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Offer } from './sources/source.ts';

/** What a shop gives comes in its order; what is kept by hand after it, in its own. */
const byHandLast = (eb: ExpressionBuilder<Tables, 'product'>) =>
	eb.case().when('product.external_id', 'is', null).then(1).else(0).end();

/** Products as they are shown, with what their source says of whether they may still be so. */
const products = (db: Database) =>
	db
		.selectFrom('product')
		.leftJoin('product_source', 'product_source.storefront_id', 'product.storefront_id')
		.select([
			'product.id',
			'product.storefront_id as storefrontId',
			'product.external_id as externalId',
			'product.title',
			'product.price_minor as priceMinor',
			'product.currency',
			'product.availability',
			'product.address',
			'product.picture_file as pictureFile',
			'product.is_held as isHeld',
			'product.seen_at as seenAt',
			'product_source.failure_code as failureCode'
		])
		.orderBy(byHandLast)
		.orderBy('product.position')
		.orderBy('product.id');

type Row = Awaited<ReturnType<ReturnType<typeof products>['execute']>>[number];

const asShown = ({ externalId, failureCode, priceMinor, isHeld, ...row }: Row) => ({
	...row,
	priceMinor: Number(priceMinor), // PostgreSQL gives a bigint as text
	isByHand: externalId === null,
	isHeld: isHeld === 1,
	isFailing: externalId !== null && failureCode !== null
});
export type ProductRow = ReturnType<typeof asShown>;

/** @param atMost of each shop, its first; without it all */
export async function productsOf(
	db: Database,
	storefrontIds: readonly string[],
	atMost?: number
): Promise<ProductRow[]> {
	if (storefrontIds.length === 0) return [];
	let asked = products(db).where('product.storefront_id', 'in', storefrontIds);
	if (atMost !== undefined)
		asked = asked.where('product.id', 'in', firstOfEach(db, storefrontIds, atMost));
	return (await asked.execute()).map(asShown);
}

const firstOfEach = (db: Database, storefrontIds: readonly string[], atMost: number) =>
	db
		.selectFrom((from) =>
			from
				.selectFrom('product')
				.where('product.storefront_id', 'in', storefrontIds)
				.select((eb) => [
					'product.id',
					eb.fn
						.agg<number>('row_number')
						.over((over) =>
							over
								.partitionBy('product.storefront_id')
								.orderBy(byHandLast(eb))
								.orderBy('product.position')
								.orderBy('product.id')
						)
						.as('place')
				])
				.as('placed')
		)
		.where('placed.place', '<=', atMost)
		.select('placed.id');

/** What is kept of each product that the shop gives, for comparing. */
export const connectedProducts = (db: Database, storefrontId: string) =>
	db
		.selectFrom('product')
		.where('storefront_id', '=', storefrontId)
		.where('external_id', 'is not', null)
		.select(['id', 'external_id as externalId', 'picture_address as pictureAddress'])
		.$narrowType<{ externalId: string }>()
		.execute();

const columnsOf = ({
	title,
	priceMinor,
	currency,
	availability,
	address
}: Omit<Offer, 'externalId' | 'pictureAddress'>) => ({
	...{ title, price_minor: priceMinor, currency, availability, address }
});

export async function addOffer(
	db: Database,
	row: Offer & { id: string; storefrontId: string; position: number; at: string }
): Promise<void> {
	await db
		.insertInto('product')
		.values({
			...{ id: row.id, storefront_id: row.storefrontId, external_id: row.externalId },
			...{ position: row.position, ...columnsOf(row), seen_at: row.at, is_held: 0 },
			...{ picture_address: row.pictureAddress, picture_tried_at: null, picture_file: null }
		})
		.execute();
}

/** @param isNewPicture the shop has another one: it is to be fetched */
export async function changeOffer(
	db: Database,
	row: Offer & { id: string; position: number; at: string; isNewPicture: boolean }
): Promise<void> {
	await db
		.updateTable('product')
		.set({
			...{ position: row.position, ...columnsOf(row), seen_at: row.at, is_held: 0 },
			...(row.isNewPicture && {
				...{ picture_address: row.pictureAddress, picture_tried_at: null }
			})
		})
		.where('id', '=', row.id)
		.execute();
}

/** They stay as they were. */
export async function holdProducts(db: Database, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await db.updateTable('product').set({ is_held: 1 }).where('id', 'in', ids).execute();
}

export async function removeProducts(db: Database, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await db.deleteFrom('product').where('id', 'in', ids).execute();
}

/** Whose pictures are to be fetched: never tried, or long ago. */
export const picturesWanted = (
	db: Database,
	storefrontId: string,
	triedBefore: string,
	limit: number
) =>
	db
		.selectFrom('product')
		.where('storefront_id', '=', storefrontId)
		.where('external_id', 'is not', null)
		.where('picture_address', 'is not', null)
		.where(({ or, eb }) =>
			or([eb('picture_tried_at', 'is', null), eb('picture_tried_at', '<', triedBefore)])
		)
		.select(['id', 'picture_address as pictureAddress', 'picture_file as pictureFile'])
		.orderBy('position')
		.limit(limit)
		.execute();

/** @returns false when the product is gone, or its picture is another one by now */
export async function setPicture(
	db: Database,
	product: { id: string; pictureAddress: string | null },
	made: { file?: string | null; at: string | null }
): Promise<boolean> {
	const result = await db
		.updateTable('product')
		.set({
			picture_tried_at: made.at,
			...(made.file !== undefined && { picture_file: made.file })
		})
		.where('id', '=', product.id)
		.where('picture_address', product.pictureAddress === null ? 'is' : '=', product.pictureAddress)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Those whose shop has no picture of them any more, but we still have. */
export const picturesLeft = (db: Database, storefrontId: string) =>
	db
		.selectFrom('product')
		.where('storefront_id', '=', storefrontId)
		.where('external_id', 'is not', null)
		.where('picture_address', 'is', null)
		.where('picture_file', 'is not', null)
		.select(['id', 'picture_address as pictureAddress'])
		.execute();

type ByHand = Omit<Offer, 'externalId' | 'pictureAddress'> & { id: string; at: string };

export async function addByHand(
	db: Database,
	row: ByHand & { storefrontId: string; position: number; pictureFile: string | null }
): Promise<void> {
	await db
		.insertInto('product')
		.values({
			...{ id: row.id, storefront_id: row.storefrontId, external_id: null, is_held: 0 },
			...{ position: row.position, ...columnsOf(row), seen_at: row.at },
			...{ picture_address: null, picture_tried_at: null, picture_file: row.pictureFile }
		})
		.execute();
}

export async function changeByHand(
	db: Database,
	row: ByHand & { pictureFile: string | null }
): Promise<void> {
	await db
		.updateTable('product')
		.set({
			...{ ...columnsOf(row), seen_at: row.at },
			...(row.pictureFile !== null && { picture_file: row.pictureFile })
		})
		.where('id', '=', row.id)
		.execute();
}

export const productById = (db: Database, id: string) =>
	db
		.selectFrom('product')
		.where('id', '=', id)
		.select(['id', 'storefront_id as storefrontId', 'external_id as externalId'])
		.select('picture_file as pictureFile')
		.executeTakeFirst();

/** How many are kept by hand, and the last of their places; -1 when there is none. */
export async function placesByHand(db: Database, storefrontId: string) {
	const row = await db
		.selectFrom('product')
		.where('storefront_id', '=', storefrontId)
		.where('external_id', 'is', null)
		.select(({ fn }) => [fn.countAll().as('count'), fn.max('position').as('last')])
		.executeTakeFirst();
	return { count: Number(row?.count ?? 0), last: row?.last ?? -1 };
}

/** Whether somebody has been proposed to a shop, and neither has said no nor left. */
export async function isPlacedIn(
	db: Database,
	storefrontId: string,
	personId: string
): Promise<boolean> {
	const row = await db
		.selectFrom('placement')
		.where('storefront_id', '=', storefrontId)
		.where('person_id', '=', personId)
		.where('state', 'in', OPEN_STATES)
		.select('id')
		.executeTakeFirst();
	return row !== undefined;
}
