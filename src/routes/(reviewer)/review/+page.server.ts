import * as reviews from '#lib/server/publication/reviews.ts';
import { answering } from '../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => ({
	...(await reviews.awaiting(locals.app.db, locals.actor)),
	done: url.searchParams.get('done')
}));
