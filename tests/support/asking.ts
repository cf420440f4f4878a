/** Shops of each kind, asked as the job that asks them does. */
import { afterEach } from 'vitest';
import type { SourceKind } from '#lib/domain/products.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import { outside } from '#lib/server/storefronts/outside/outside.ts';
import { askShop } from '#lib/server/storefronts/refresh.ts';
import type { Given } from '#lib/server/storefronts/sources/source.ts';
import * as shops from './shops.ts';

const open: shops.TestServer[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});
const ask = outside({ mayLoopback: true, timeoutMs: 3000 });

/** A shop of this kind that answers so, asked at a path of it. */
export async function given(
	kind: SourceKind,
	answer: (origin: string) => shops.Answering,
	{ path = '', token = null }: { path?: string; token?: string | null } = {}
): Promise<Given & { server: shops.TestServer }> {
	let origin = '';
	const server = await shops.aServer((request, response) => answer(origin)(request, response));
	origin = server.origin;
	open.push(server);
	const found = await askShop(
		{ kind, address: `${origin}${path}`, token, home: `${origin}/home` },
		ask
	);
	return { ...found, server };
}
export const problem = (...asked: Parameters<typeof given>): Promise<string> =>
	given(...asked).then(
		() => 'none at all',
		(error: unknown) => (error instanceof OutsideFailure ? error.code : String(error))
	);

export const ANSWERS: Record<
	SourceKind,
	(goods: readonly shops.Good[], origin: string) => shops.Answering
> = {
	woocommerce: (goods, origin) => shops.sendJson(shops.wooProducts(goods, origin)),
	shopify: (goods) => shops.sendJson(shops.shopifyProducts(goods)),
	medusa: (goods) => shops.medusa(goods),
	vendure: (goods) => shops.sendJson(shops.vendureProducts(goods)),
	feed: (goods, origin) =>
		shops.send('application/xml; charset=utf-8', shops.feedOf(goods, origin)),
	page: (goods, origin) =>
		shops.send('text/html; charset=utf-8', shops.pageOf(shops.linkedGoods(goods, origin)))
};
export const KINDS = Object.keys(ANSWERS) as SourceKind[];
