/**
 * WooCommerce's Store API, which every such shop answers without a key:
 * https://github.com/woocommerce/woocommerce/blob/trunk/docs/apis/store-api/resources-endpoints/products.md
 */
import * as v from 'valibot';
import { decimalFrom } from '#lib/domain/money.ts';
import { MAX_PRODUCTS } from '#lib/domain/products.ts';
import { OutsideFailure } from '../outside/failure.ts';
import { jsonOf } from '../outside/text.ts';
import {
	endpointBelow,
	gather,
	JSON_TYPES,
	type ProductSource,
	type Raw,
	readAs
} from './source.ts';

const MAX_MINOR_UNIT = 8;

const Product = v.object({
	id: v.union([v.number(), v.string()]),
	name: v.string(),
	permalink: v.string(),
	prices: v.object({
		/** In units of `currency_minor_unit` decimals, which are the shop's choice. */
		price: v.pipe(v.string(), v.regex(/^\d{1,15}$/)),
		currency_code: v.string(),
		currency_minor_unit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_MINOR_UNIT))
	}),
	images: v.optional(v.array(v.object({ src: v.string() })), []),
	is_in_stock: v.optional(v.boolean()),
	is_on_backorder: v.optional(v.boolean(), false)
});
type Product = v.InferOutput<typeof Product>;

const PATH = `wp-json/wc/store/v1/products?per_page=${MAX_PRODUCTS}`;

const availabilityOf = ({ is_in_stock, is_on_backorder }: Product) => {
	if (is_in_stock === undefined) return 'unknown';
	if (is_on_backorder) return 'pre_order';
	return is_in_stock ? 'in_stock' : 'out_of_stock';
};

export const woocommerce: ProductSource = {
	async give({ address }, outside, signal) {
		const endpoint = endpointBelow(address, 'wp-json', PATH);
		const answer = await outside({ address: endpoint, accept: JSON_TYPES, signal });
		const list = jsonOf(answer);
		if (!Array.isArray(list)) throw new OutsideFailure('unreadable');
		const toRaw = (item: unknown): Raw | undefined => {
			const product = readAs(Product, item);
			if (!product) return undefined;
			const { id, name, permalink, prices, images } = product;
			return {
				...{ id, title: name, isMarkup: true },
				price: decimalFrom(prices.price, prices.currency_minor_unit),
				currency: prices.currency_code,
				availability: availabilityOf(product),
				address: permalink,
				picture: images[0]?.src,
				base: answer.address
			};
		};
		return gather(list, toRaw, Number(answer.headers['x-wp-total']));
	}
};
