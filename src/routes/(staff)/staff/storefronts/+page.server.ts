import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => ({
	storefronts: await storefronts.all(locals.app.db, locals.actor),
	done: url.searchParams.get('done')
}));
