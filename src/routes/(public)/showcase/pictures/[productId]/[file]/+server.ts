import { serve } from '#lib/server/media/serve.ts';
import * as showcase from '#lib/server/showcase/showcase.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The picture of a product, for everybody, while its shop is in the showcase. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	return serve(storage, await showcase.pictureOf(db, params.productId, params.file), request);
});

export const HEAD = GET;
