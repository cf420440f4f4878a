import { serve } from '#lib/server/media/serve.ts';
import * as works from '#lib/server/practice/works.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** A picture or film of work that was handed in, for her who did it and who may assess it. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const key = await works.forFetching(db, locals.actor, params.workId, params.file);
	const response = await serve(storage, key, request);
	// People share phones, and what is erased is to be gone: not for a year, as lessons are.
	response.headers.set('cache-control', 'private, max-age=3600');
	return response;
});

export const HEAD = GET;
