import * as classes from '#lib/server/classes/classes.ts';
import * as queue from '#lib/server/practice/queue.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const [all, { waiting }] = await Promise.all([
		classes.all(db, locals.actor),
		queue.forStaff(db, locals.actor)
	]);
	return { classes: all, stuckCount: waiting.filter(({ isStuck }) => isStuck).length };
});
