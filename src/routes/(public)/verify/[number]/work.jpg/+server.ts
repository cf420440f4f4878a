import * as certificates from '#lib/server/certificates/certificates.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The picture of work that a graduate agreed to show with her certificate. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const response = await serve(storage, await certificates.pictureOf(db, params.number), request);
	// She may change her mind, and what she erases is to be gone.
	response.headers.set('cache-control', 'no-store');
	return response;
});

export const HEAD = GET;
