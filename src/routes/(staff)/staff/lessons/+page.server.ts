import * as exceptions from '#lib/server/publication/exceptions.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => ({
	lessons: await exceptions.overview(locals.app.db, locals.actor),
	done: url.searchParams.get('done')
}));
