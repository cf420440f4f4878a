import * as early from '#lib/server/media/early.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** A video that is still being made, for those who make its lesson. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, transcoder } = locals.app;
	return early.answer(db, transcoder, locals.actor, params, request);
});

export const HEAD = GET;
