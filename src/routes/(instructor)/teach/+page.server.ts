import * as courses from '#lib/server/courses/courses.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answering } from '../../answering.ts';
import { coverAddress } from './cover-address.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const taught = await courses.taughtBy(locals.app.db, locals.actor);
	return {
		courses: taught.map(({ id, title, lessonCount, publishedCount, coverKey, archivedAt }) => ({
			id,
			title,
			lessonCount,
			publishedCount,
			cover: coverAddress(coverKey),
			isArchived: archivedAt !== null
		}))
	};
});
