/** What shown shops sell as schema.org has it, for whoever looks for goods of deaf people's hands. */
import { decimalOf } from '#lib/domain/money.ts';
import type { Availability } from '#lib/domain/products.ts';
import type { ShownProduct } from '../../products/shown.ts';
import { asScript } from '../as-script.ts';

type Shop = { name: string; address: string; products: readonly ShownProduct[] };

const AVAILABILITY: Record<Availability, string | undefined> = {
	in_stock: 'https://schema.org/InStock',
	out_of_stock: 'https://schema.org/OutOfStock',
	pre_order: 'https://schema.org/PreOrder',
	unknown: undefined
};

/**
 * Without what may no longer be so: a machine does not read the words beside it. Null where there is
 * nothing to say.
 */
export function linkedProductsOf(shops: readonly Shop[], origin: string): string | null {
	const sure = shops.flatMap((shop) =>
		shop.products.filter(({ isStale }) => !isStale).map((product) => ({ shop, product }))
	);
	if (sure.length === 0) return null;
	return asScript({
		'@context': 'https://schema.org',
		'@type': 'ItemList',
		itemListElement: sure.map(({ shop, product }, index) => ({
			'@type': 'ListItem',
			position: index + 1,
			item: {
				'@type': 'Product',
				name: product.title,
				url: product.address,
				...(product.picture && { image: origin + product.picture }),
				offers: {
					'@type': 'Offer',
					url: product.address,
					price: decimalOf(product.priceMinor, product.currency),
					priceCurrency: product.currency,
					...(AVAILABILITY[product.availability] && {
						availability: AVAILABILITY[product.availability]
					}),
					seller: { '@type': 'Organization', name: shop.name, url: shop.address }
				}
			}
		}))
	});
}
