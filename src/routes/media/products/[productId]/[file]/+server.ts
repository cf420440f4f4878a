import { serve } from '#lib/server/media/serve.ts';
import * as products from '#lib/server/storefronts/products.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The picture of a product, for staff and for those who are asked to work in its shop. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const { productId, file } = params;
	return serve(storage, await products.pictureFor(db, locals.actor, productId, file), request);
});

export const HEAD = GET;
