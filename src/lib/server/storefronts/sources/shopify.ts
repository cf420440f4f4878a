/**
 * Shopify's Storefront API: https://shopify.dev/docs/api/storefront. Products can be read without a
 * token; a shop that wants one has a public token for it. (A version they no longer serve is answered
 * by their oldest.)
 */
import * as v from 'valibot';
import { MAX_PRODUCTS } from '#lib/domain/products.ts';
import { askGraphql } from './graphql.ts';
import { gather, type ProductSource, type Raw, readAs, urlOf } from './source.ts';

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

export const shopify: ProductSource = {
	async give({ address, token }, outside, signal) {
		const { origin } = urlOf(address);
		const answer = await askGraphql(outside, Products, {
			address: `${origin}/api/${VERSION}/graphql.json`,
			...{ query: QUERY, variables: { first: MAX_PRODUCTS }, signal },
			...(token !== null && { secrets: { 'x-shopify-storefront-access-token': token } })
		});
		const { nodes, pageInfo } = answer.data.products;
		const toRaw = (node: unknown): Raw | undefined => {
			const product = readAs(Product, node);
			if (!product) return undefined;
			const { id, handle, title, availableForSale, onlineStoreUrl } = product;
			const { featuredImage, priceRange } = product;
			return {
				...{ id, title, isMarkup: false },
				price: priceRange.minVariantPrice.amount,
				currency: priceRange.minVariantPrice.currencyCode,
				availability: availableForSale ? 'in_stock' : 'out_of_stock',
				address: onlineStoreUrl ?? `/products/${encodeURIComponent(handle.toWellFormed())}`,
				picture: featuredImage?.url,
				base: origin
			};
		};
		// How many more there are it does not say: one at least.
		return gather(nodes, toRaw, nodes.length + (pageInfo.hasNextPage ? 1 : 0));
	}
};
