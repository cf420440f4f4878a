import * as showcase from '#lib/server/showcase/showcase.ts';
import { answering } from '../../answering.ts';
import type { PageServerLoadEvent } from './$types';

/** Never kept by a cache (hooks.server.ts says no-store): who withdrew is gone at the next look. */
export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	shops: await showcase.shops(locals.app.db)
}));
