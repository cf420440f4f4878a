import * as classes from '#lib/server/classes/classes.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	classes: await classes.all(locals.app.db, locals.actor)
}));
