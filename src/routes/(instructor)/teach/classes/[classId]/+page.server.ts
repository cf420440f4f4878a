import * as grid from '#lib/server/progress/class-grid.ts';
import { answering } from '../../../../answering.ts';
import { gridShown } from '../../../../class-grid/shown.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const seen = await grid.forSeeing(locals.app.db, locals.actor, params.classId);
	return { grid: await gridShown(locals.app.db, seen, true) };
});
