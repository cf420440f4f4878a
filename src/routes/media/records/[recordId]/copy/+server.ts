import * as records from '#lib/server/certificates/records.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The copy of a document that others have awarded, for her whose it is and for staff. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const key = await records.copyFor(db, locals.actor, params.recordId);
	const response = await serve(storage, key, request);
	// What is removed is to be gone; and a file of somebody's is never shown as a page of ours.
	response.headers.set('cache-control', 'no-store');
	response.headers.set('content-disposition', 'attachment');
	return response;
});

export const HEAD = GET;
