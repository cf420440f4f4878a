/**
 * Vendure's Shop API: https://docs.vendure.io/reference/graphql-api/shop/queries. It is asked without a
 * key; a shop that is one of several on its server has a public token of its channel.
 */
import * as v from 'valibot';
import { decimalFrom } from '#lib/domain/money.ts';
import { type Availability, MAX_PRODUCTS } from '#lib/domain/products.ts';
import { askGraphql } from './graphql.ts';
import {
	addressOf,
	endpointBelow,
	gather,
	type ProductSource,
	type Raw,
	readAs
} from './source.ts';

const QUERY = `query ($take: Int!) {
	products(options: { take: $take, sort: { id: ASC } }) {
		items { id name featuredAsset { preview } variants { priceWithTax currencyCode stockLevel } }
		totalItems
	}
}`;
/** Of every currency, unless the shop's own code says otherwise. */
const DECIMALS = 2;

const Variant = v.object({
	priceWithTax: v.pipe(v.number(), v.integer(), v.minValue(0)),
	currencyCode: v.string(),
	/** `IN_STOCK`, `LOW_STOCK`, `OUT_OF_STOCK`, or how many there are, as the shop likes. */
	stockLevel: v.string()
});
const Product = v.object({
	id: v.string(),
	name: v.string(),
	featuredAsset: v.nullish(v.object({ preview: v.string() })),
	variants: v.array(Variant)
});
const Products = v.object({
	data: v.object({ products: v.object({ items: v.array(v.unknown()), totalItems: v.number() }) })
});

const isThere = ({ stockLevel }: v.InferOutput<typeof Variant>): boolean =>
	stockLevel !== 'OUT_OF_STOCK' && !(Number(stockLevel) <= 0);

function rawOf(item: unknown, endpoint: string, home: string): Raw | undefined {
	const product = readAs(Product, item);
	if (!product) return undefined;
	const { id, name, featuredAsset, variants } = product;
	const [cheapest] = variants.toSorted((a, b) => a.priceWithTax - b.priceWithTax);
	if (!cheapest) return undefined;
	const availability: Availability = variants.some(isThere) ? 'in_stock' : 'out_of_stock';
	return {
		...{ id, title: name, isMarkup: false, availability },
		price: decimalFrom(String(cheapest.priceWithTax), DECIMALS),
		currency: cheapest.currencyCode,
		// It knows no pages: whoever wants the product goes to the shop.
		...{ address: undefined, base: home },
		picture: addressOf(featuredAsset?.preview, endpoint)
	};
}

export const vendure: ProductSource = {
	async give({ address, token, home }, outside, signal) {
		const endpoint = endpointBelow(address, 'shop-api', 'shop-api');
		const answer = await askGraphql(outside, Products, {
			address: endpoint,
			...{ query: QUERY, variables: { take: MAX_PRODUCTS }, signal },
			...(token !== null && { secrets: { 'vendure-token': token } })
		});
		const { items, totalItems } = answer.data.products;
		return gather(items, (item) => rawOf(item, endpoint, home), totalItems);
	}
};
