/**
 * Shops on this machine, as each kind of them answers by its published schema: what stands in them
 * is written by us, and can be changed while they run.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;
export type TestServer = {
	readonly origin: string;
	readonly port: number;
	/** Every address that was asked for, with what it was asked with. */
	readonly asked: { path: string; headers: IncomingMessage['headers']; body: string }[];
	close(): Promise<void>;
};

/** A server on loopback that answers as it is told. */
export async function aServer(answer: Answering): Promise<TestServer> {
	const asked: TestServer['asked'] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const piece of request) body += String(piece);
		asked.push({ path: request.url ?? '', headers: request.headers, body });
		answer(request, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		port,
		asked,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

export const send =
	(type: string, body: string | Uint8Array, headers: Record<string, string> = {}): Answering =>
	(_request, response) => {
		response.writeHead(200, { 'content-type': type, ...headers }).end(body);
	};
export const sendJson = (value: unknown, headers?: Record<string, string>): Answering =>
	send('application/json; charset=UTF-8', JSON.stringify(value), headers);

/** What a shop sells, whatever it runs on. */
export type Good = {
	id: number;
	name: string;
	/** In fen. */
	price: number;
	currency?: string;
	isSoldOut?: boolean;
	picture?: string;
};
export const GOODS: readonly Good[] = [
	{ id: 11, name: '广式月饼礼盒', price: 12_800 },
	{ id: 12, name: '桂花糕', price: 3550, isSoldOut: true }
];

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** GET /wp-json/wc/store/v1/products, as WooCommerce 10 answers it. */
export const wooProducts = (goods: readonly Good[], origin: string) =>
	goods.map(({ id, name, price, currency = 'CNY', isSoldOut = false, picture }) => ({
		id,
		name,
		slug: `p-${id}`,
		parent: 0,
		type: 'simple',
		variation: '',
		permalink: `${origin}/product/p-${id}/`,
		sku: `SKU-${id}`,
		short_description: '',
		description: '<p>手工做的</p>',
		on_sale: false,
		prices: {
			price: String(price),
			regular_price: String(price),
			sale_price: String(price),
			price_range: null,
			currency_code: currency,
			currency_symbol: '¥',
			currency_minor_unit: 2,
			currency_decimal_separator: '.',
			currency_thousand_separator: ',',
			currency_prefix: '¥',
			currency_suffix: ''
		},
		price_html: '',
		average_rating: '0',
		review_count: 0,
		images: picture
			? [{ id, src: picture, thumbnail: picture, srcset: '', sizes: '', name: '', alt: '' }]
			: [],
		has_options: false,
		is_purchasable: !isSoldOut,
		is_in_stock: !isSoldOut,
		is_on_backorder: false,
		low_stock_remaining: null,
		add_to_cart: { text: '', description: '', url: '', minimum: 1, maximum: 9999, multiple_of: 1 },
		extensions: {}
	}));

/** POST /api/…/graphql.json, as the Storefront API answers the query it is sent. */
export const shopifyProducts = (goods: readonly Good[], hasNextPage = false) => ({
	data: {
		products: {
			nodes: goods.map(({ id, name, price, currency = 'CNY', isSoldOut = false, picture }) => ({
				id: `gid://shopify/Product/${id}`,
				handle: `p-${id}`,
				title: name,
				availableForSale: !isSoldOut,
				onlineStoreUrl: null,
				featuredImage: picture ? { url: picture } : null,
				priceRange: {
					minVariantPrice: { amount: String(price / 100), currencyCode: currency }
				}
			})),
			pageInfo: { hasNextPage }
		}
	}
});

/** POST /shop-api, as Vendure 3 answers the query it is sent. */
export const vendureProducts = (goods: readonly Good[]) => ({
	data: {
		products: {
			items: goods
				.slice(0, 100)
				.map(({ id, name, price, currency = 'CNY', isSoldOut = false, picture }) => ({
					id: String(id),
					name,
					featuredAsset: picture ? { preview: picture } : null,
					variants: [
						{
							priceWithTax: price,
							currencyCode: currency,
							stockLevel: isSoldOut ? 'OUT_OF_STOCK' : 'IN_STOCK'
						}
					]
				})),
			totalItems: goods.length
		}
	}
});

/** GET /store/products of Medusa 2, in the currency of a region. */
export const medusaProducts = (goods: readonly Good[]) => ({
	products: goods
		.slice(0, 100)
		.map(({ id, name, price, currency = 'CNY', isSoldOut = false, picture }) => ({
			id: `prod_${id}`,
			title: name,
			handle: `p-${id}`,
			thumbnail: picture ?? null,
			variants: [
				{
					id: `variant_${id}`,
					manage_inventory: true,
					allow_backorder: false,
					inventory_quantity: isSoldOut ? 0 : 7,
					calculated_price: {
						calculated_amount: price / 100,
						currency_code: currency.toLowerCase()
					}
				}
			]
		})),
	...{ count: goods.length, offset: 0, limit: 100 }
});
export const MEDUSA_REGIONS = {
	regions: [
		{ id: 'reg_eu', name: 'Europe', currency_code: 'eur' },
		{ id: 'reg_cn', name: '中国', currency_code: 'cny' }
	],
	...{ count: 2, offset: 0, limit: 50 }
};
export const medusa =
	(goods: readonly Good[]): Answering =>
	(request, response) =>
		sendJson(request.url?.startsWith('/store/regions') ? MEDUSA_REGIONS : medusaProducts(goods))(
			request,
			response
		);

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** RSS 2.0 with Google's name space, under whatever prefix. */
export const feedOf = (goods: readonly Good[], origin: string, prefix = 'g') =>
	`<?xml version="1.0" encoding="UTF-8"?>
<!-- made by a shop -->
<rss version="2.0" xmlns:${prefix}="http://base.google.com/ns/1.0">
<channel><title>店</title><link>${origin}</link><description>店</description>
${goods
	.map(
		({ id, name, price, currency = 'CNY', isSoldOut, picture }) => `<item>
	<${prefix}:id>${id}</${prefix}:id>
	<title>${escaped(name)}</title>
	<description><![CDATA[<p>手工 & 现做</p>]]></description>
	<link>${origin}/p/${id}?a=1&amp;b=2</link>
	${picture ? `<${prefix}:image_link>${escaped(picture)}</${prefix}:image_link>` : ''}
	<${prefix}:price>${yuan(price)} ${currency}</${prefix}:price>
	<${prefix}:availability>${isSoldOut ? 'out_of_stock' : 'in_stock'}</${prefix}:availability>
</item>`
	)
	.join('\n')}
</channel></rss>`;

export const atomOf = (goods: readonly Good[], origin: string) =>
	`<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<title>店</title><link rel="self" href="${origin}"/>
${goods
	.map(
		({ id, name, price, currency = 'CNY' }) => `<entry>
	<g:id>${id}</g:id><title>${escaped(name)}</title>
	<link rel="alternate" href="${origin}/p/${id}"/>
	<g:price>${yuan(price)} ${currency}</g:price><g:availability>in stock</g:availability>
</entry>`
	)
	.join('\n')}
</feed>`;

/** A page of a shop that describes what it sells as search engines ask for it. */
export const pageOf = (linkedData: unknown) => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>店</title>
<!-- <script type="application/ld+json">{"@type":"Product","name":"注释里的"}</script> -->
<script>var type = "application/ld+json"; var x = {"@type": "Product"};</script>
<script type="application/ld+json">{ this is no JSON }</script>
<script nonce="x" type="application/ld+json">${JSON.stringify(linkedData).replaceAll('<', '\\u003c')}</script>
</head><body><h1>店</h1></body></html>`;

export const linkedGoods = (goods: readonly Good[], origin: string) => ({
	'@context': 'https://schema.org',
	'@graph': [
		{ '@type': 'WebPage', name: '店' },
		...goods.map(({ id, name, price, currency = 'CNY', isSoldOut, picture }) => ({
			'@type': ['Product'],
			sku: String(id),
			name,
			...(picture && { image: [picture] }),
			url: `${origin}/p/${id}`,
			offers: {
				'@type': 'Offer',
				price: yuan(price),
				priceCurrency: currency,
				availability: `https://schema.org/${isSoldOut ? 'OutOfStock' : 'InStock'}`
			},
			isRelatedTo: [{ '@type': 'Product', sku: 'not-sold', name: '别家的', offers: { price: 1 } }]
		}))
	]
});

/** A picture as a shop has it: of one colour, with where it was taken. */
export const aPicture = (colour: string, side = 900): Promise<Buffer> =>
	sharp({ create: { width: side, height: side, channels: 3, background: colour } })
		.withExif({ IFD0: { Copyright: 'somebody', ImageDescription: 'taken at home' } })
		.jpeg()
		.toBuffer();

/** A WooCommerce shop that can be changed, broken and mended while it runs. */
export async function aWooShop(first: readonly Good[] = GOODS) {
	const shop = { goods: [...first], isDown: false, picture: await aPicture('#d9982b') };
	const server = await aServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', server.origin);
		if (shop.isDown) return void response.writeHead(503).end();
		if (pathname === '/wp-json/wc/store/v1/products')
			return sendJson(wooProducts(shop.goods, server.origin))(request, response);
		if (pathname.endsWith('.jpg')) return send('image/jpeg', shop.picture)(request, response);
		response.writeHead(404).end();
	});
	return Object.assign(shop, { server, origin: server.origin });
}
