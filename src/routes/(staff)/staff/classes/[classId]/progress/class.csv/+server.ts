import * as grid from '#lib/server/progress/class-grid.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../../../../answering.ts';
import { gridAsCsv } from '../../../../../../class-grid/shown.ts';
import type { RequestEvent } from './$types';

export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const seen = await grid.forSeeing(locals.app.db, locals.actor, params.classId);
	return gridAsCsv(locals.app.db, seen, { isInstructor: false, language: getLocale() });
});
