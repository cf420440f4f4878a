import { type Urgency, URGENCIES } from '#lib/domain/aftercare.ts';
import * as care from '#lib/server/aftercare/care.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const { tasks, closed } = await care.forStaff(locals.app.db, locals.actor);
	const of = (urgency: Urgency) => tasks.filter((task) => task.urgency === urgency);
	return {
		groups: URGENCIES.map((urgency) => ({ urgency, tasks: of(urgency) })).filter(
			(group) => group.tasks.length > 0
		),
		closed
	};
});
