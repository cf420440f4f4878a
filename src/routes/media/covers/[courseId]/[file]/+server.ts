import { forCover } from '#lib/server/courses/courses.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** A course's cover, for those who teach it, run it or learn in it. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const key = await forCover(db, locals.actor, params.courseId, params.file);
	return serve(storage, key, request);
});

export const HEAD = GET;
