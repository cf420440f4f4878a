import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import { answering } from '../../answering.ts';
import { linkedListOf } from './[courseId]/linked-data.ts';
import { publicCover } from './public-cover.ts';
import type { PageServerLoadEvent } from './$types';

/** Asked anew at every look: what was taken off the list is gone at once. */
export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	const listed = await catalogue.listed(locals.app.db);
	return {
		linkedData: linkedListOf(listed, url.origin),
		courses: listed.map(({ id, title, summary, skillField, coverKey }) => ({
			...{ id, title, summary, skillField, cover: publicCover(id, coverKey) }
		}))
	};
});
