import type { SourceKind } from '#lib/domain/products.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

export const kindWords: Record<
	SourceKind,
	{ icon: IconName; label: () => string; hint: () => string }
> = {
	woocommerce: {
		icon: 'shop',
		label: m.goods_kind_woocommerce,
		hint: m.goods_kind_woocommerce_hint
	},
	shopify: { icon: 'shop', label: m.goods_kind_shopify, hint: m.goods_kind_shopify_hint },
	medusa: { icon: 'shop', label: m.goods_kind_medusa, hint: m.goods_kind_medusa_hint },
	vendure: { icon: 'shop', label: m.goods_kind_vendure, hint: m.goods_kind_vendure_hint },
	feed: { icon: 'file', label: m.goods_kind_feed, hint: m.goods_kind_feed_hint },
	page: { icon: 'link', label: m.goods_kind_page, hint: m.goods_kind_page_hint }
};
