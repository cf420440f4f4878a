import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The cover of a course in the catalogue, for everybody. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const key = await catalogue.coverOf(db, params.courseId, params.file);
	return serve(storage, key, request);
});

export const HEAD = GET;
