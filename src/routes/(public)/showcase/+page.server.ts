import * as showcase from '#lib/server/showcase/showcase.ts';
import { answering } from '../../answering.ts';
import { SHOWCASE_PICTURES, shownProduct } from '../../products/shown.ts';
import { linkedProductsOf } from './linked-data.ts';
import type { PageServerLoadEvent } from './$types';

/** Never kept by a cache (hooks.server.ts says no-store): who withdrew is gone at the next look. */
export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	const shops = (await showcase.shops(locals.app.db)).map(({ products, ...shop }) => ({
		...shop,
		products: products.map((product) => shownProduct(product, SHOWCASE_PICTURES))
	}));
	return { shops, linkedData: linkedProductsOf(shops, url.origin) };
});
