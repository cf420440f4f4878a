import { NotFound } from '#lib/server/errors.ts';
import * as grid from '#lib/server/progress/class-grid.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	return { classes: await grid.taughtBy(locals.app.db, locals.actor) };
});
