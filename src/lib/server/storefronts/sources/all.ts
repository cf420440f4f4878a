import type { SourceKind } from '#lib/domain/products.ts';
import { feed } from './feed.ts';
import { medusa } from './medusa.ts';
import { page } from './page.ts';
import { shopify } from './shopify.ts';
import type { ProductSource } from './source.ts';
import { vendure } from './vendure.ts';
import { woocommerce } from './woocommerce.ts';

export const SOURCES: Readonly<Record<SourceKind, ProductSource>> = {
	woocommerce,
	shopify,
	medusa,
	vendure,
	feed,
	page
};
