/**
 * Medusa's Store API, version 2: https://docs.medusajs.com/api/store. Its publishable key is made to be
 * seen; prices are those of a region, of which the one in yuan is taken where there is one.
 */
import * as v from 'valibot';
import { type Availability, MAX_PRODUCTS } from '#lib/domain/products.ts';
import { OutsideFailure } from '../outside/failure.ts';
import type { Outside } from '../outside/outside.ts';
import { jsonOf } from '../outside/text.ts';
import {
	addressOf,
	type Connection,
	endpointBelow,
	gather,
	JSON_TYPES,
	type ProductSource,
	type Raw,
	readAs
} from './source.ts';

const Variant = v.object({
	calculated_price: v.nullish(
		v.object({ calculated_amount: v.nullish(v.number()), currency_code: v.nullish(v.string()) })
	),
	manage_inventory: v.nullish(v.boolean()),
	allow_backorder: v.nullish(v.boolean()),
	inventory_quantity: v.nullish(v.number())
});
type Variant = v.InferOutput<typeof Variant>;
const Product = v.object({
	id: v.string(),
	title: v.string(),
	thumbnail: v.nullish(v.string()),
	variants: v.nullish(v.array(Variant), [])
});
const Products = v.object({ products: v.array(v.unknown()), count: v.number() });
const Regions = v.object({
	regions: v.array(v.object({ id: v.string(), currency_code: v.string() }))
});

async function ask<T extends v.GenericSchema>(
	path: string,
	schema: T,
	{ address, token }: Connection,
	outside: Outside,
	signal?: AbortSignal
): Promise<{ endpoint: string; said: v.InferOutput<T> }> {
	const endpoint = endpointBelow(address, 'store', path);
	const secrets = token === null ? undefined : { 'x-publishable-api-key': token };
	const answer = await outside({ address: endpoint, accept: JSON_TYPES, secrets, signal });
	const said = readAs(schema, jsonOf(answer));
	if (said === undefined) throw new OutsideFailure('unreadable');
	return { endpoint, said };
}

function availabilityOf(variants: readonly Variant[]): Availability {
	const isThere = ({ manage_inventory, inventory_quantity }: Variant) =>
		manage_inventory === false || (inventory_quantity ?? 0) > 0;
	if (variants.some(isThere)) return 'in_stock';
	if (variants.some(({ allow_backorder }) => allow_backorder === true)) return 'pre_order';
	const isSaid = variants.every(({ inventory_quantity }) => typeof inventory_quantity === 'number');
	return isSaid ? 'out_of_stock' : 'unknown';
}

function rawOf(item: unknown, endpoint: string, home: string): Raw | undefined {
	const product = readAs(Product, item);
	if (!product) return undefined;
	const { id, title, thumbnail, variants } = product;
	const prices = variants.flatMap(({ calculated_price }) => calculated_price ?? []);
	const [cheapest] = prices
		.filter(({ calculated_amount }) => typeof calculated_amount === 'number')
		.toSorted((a, b) => (a.calculated_amount ?? 0) - (b.calculated_amount ?? 0));
	return {
		...{ id, title, isMarkup: false, availability: availabilityOf(variants) },
		...{ price: cheapest?.calculated_amount, currency: cheapest?.currency_code },
		// It knows no pages: whoever wants the product goes to the shop.
		...{ address: undefined, base: home },
		picture: addressOf(thumbnail, endpoint)
	};
}

export const medusa: ProductSource = {
	async give(connection, outside, signal) {
		const { said } = await ask('store/regions', Regions, connection, outside, signal);
		const isYuan = ({ currency_code }: { currency_code: string }) => currency_code === 'cny';
		const region = said.regions.find(isYuan) ?? said.regions[0];
		if (!region) throw new OutsideFailure('none');
		const query = new URLSearchParams({
			...{ limit: String(MAX_PRODUCTS), region_id: region.id },
			fields: '*variants.calculated_price,+variants.inventory_quantity'
		});
		const path = `store/products?${query}`;
		const { endpoint, said: all } = await ask(path, Products, connection, outside, signal);
		return gather(all.products, (item) => rawOf(item, endpoint, connection.home), all.count);
	}
};
