import type { SourceKind } from '#lib/domain/products.ts';
import { feed } from './feed.ts';
import { page } from './page.ts';
import { shopify } from './shopify.ts';
import type { ProductSource } from './source.ts';
import { woocommerce } from './woocommerce.ts';

export const SOURCES: Readonly<Record<SourceKind, ProductSource>> = {
	woocommerce,
	shopify,
	feed,
	page
};
