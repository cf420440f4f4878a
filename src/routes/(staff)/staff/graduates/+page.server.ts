import * as graduates from '#lib/server/placements/graduates.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	graduates: await graduates.all(locals.app.db, locals.actor)
}));
