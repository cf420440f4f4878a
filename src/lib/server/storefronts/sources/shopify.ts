/**
 * Shopify's Storefront API: https://shopify.dev/docs/api/storefront. Products can be read without a
 * token; a shop that wants one has a public token for it. (A version they no longer serve is answered
 * by their oldest.)
 */
import * as v from 'valibot';
import { MAX_PRODUCTS } from '#lib/domain/products.ts';
import { OutsideFailure } from '../outside/failure.ts';
import { jsonOf } from '../outside/text.ts';
import { gather, JSON_TYPES, type ProductSource, type Raw, urlOf } from './source.ts';

const VERSION = '2026-10';
const QUERY = `query ($first: Int!) {
	products(first: $first) {
		nodes {
			id handle title availableForSale onlineStoreUrl
			featuredImage { url(transform: { maxWidth: 1024, maxHeight: 1024 }) }
			priceRange { minVariantPrice { amount currencyCode } }
		}
		pageInfo { hasNextPage }
	}
}`;

const Product = v.object({
	id: v.string(),
	handle: v.string(),
	title: v.string(),
	availableForSale: v.boolean(),
	/** Null where the shop has no pages of its own there. */
	onlineStoreUrl: v.nullish(v.string()),
	featuredImage: v.nullish(v.object({ url: v.string() })),
	priceRange: v.object({
		minVariantPrice: v.object({ amount: v.string(), currencyCode: v.string() })
	})
});

const Products = v.object({
	data: v.object({
		products: v.object({
			nodes: v.array(v.unknown()),
			pageInfo: v.object({ hasNextPage: v.boolean() })
		})
	})
});
const Errors = v.object({
	errors: v.array(v.object({ extensions: v.optional(v.object({ code: v.optional(v.string()) })) }))
});

/** GraphQL refuses with a 200 too. */
function refusalIn(answer: unknown): OutsideFailure {
	const read = v.safeParse(Errors, answer);
	const codes = read.success ? read.output.errors.map(({ extensions }) => extensions?.code) : [];
	if (codes.includes('ACCESS_DENIED') || codes.includes('UNAUTHORIZED'))
		return new OutsideFailure('refused');
	return new OutsideFailure(codes.includes('THROTTLED') ? 'busy' : 'unreadable');
}

export const shopify: ProductSource = {
	async give({ address, token }, outside, signal) {
		const { origin } = urlOf(address);
		const answer = jsonOf(
			await outside({
				address: `${origin}/api/${VERSION}/graphql.json`,
				accept: JSON_TYPES,
				body: JSON.stringify({ query: QUERY, variables: { first: MAX_PRODUCTS } }),
				...(token !== null && { secrets: { 'x-shopify-storefront-access-token': token } }),
				signal
			})
		);
		const read = v.safeParse(Products, answer);
		if (!read.success) throw refusalIn(answer);
		const { nodes, pageInfo } = read.output.data.products;
		const toRaw = (node: unknown): Raw | undefined => {
			const product = v.safeParse(Product, node);
			if (!product.success) return undefined;
			const { id, handle, title, availableForSale, onlineStoreUrl } = product.output;
			const { featuredImage, priceRange } = product.output;
			return {
				...{ id, title, isMarkup: false },
				price: priceRange.minVariantPrice.amount,
				currency: priceRange.minVariantPrice.currencyCode,
				availability: availableForSale ? 'in_stock' : 'out_of_stock',
				address: onlineStoreUrl ?? `/products/${encodeURIComponent(handle)}`,
				picture: featuredImage?.url,
				base: origin
			};
		};
		// How many more there are it does not say: one at least.
		return gather(nodes, toRaw, nodes.length + (pageInfo.hasNextPage ? 1 : 0));
	}
};
