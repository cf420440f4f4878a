import { forStreaming } from '#lib/server/media/streaming.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** A file of a track, a composite or a clip, for whoever may watch its lesson. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const key = await forStreaming(db, locals.actor, params.trackId, params.digest, params.file);
	return serve(storage, key, request);
});

export const HEAD = GET;
