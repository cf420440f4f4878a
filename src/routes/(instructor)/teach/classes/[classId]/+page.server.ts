import { listingOf } from '#lib/domain/listing.ts';
import * as grid from '#lib/server/progress/class-grid.ts';
import { answering } from '../../../../answering.ts';
import { gridShown } from '../../../../class-grid/shown.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const seen = await grid.forSeeing(locals.app.db, locals.actor, params.classId);
	const how = { isInstructor: true, listing: listingOf(url.searchParams) };
	return { grid: await gridShown(locals.app.db, seen, how) };
});
