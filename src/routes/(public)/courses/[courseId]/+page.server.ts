import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import { answering } from '../../../answering.ts';
import { publicCover } from '../public-cover.ts';
import { linkedDataOf } from './linked-data.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { coverKey, lessons, ...course } = await catalogue.course(locals.app.db, params.courseId);
	const { id, title, summary, skillField, occupation, skillLevel } = course;
	const cover = publicCover(id, coverKey);
	return {
		course: { id, title, summary, skillField, occupation, skillLevel, cover },
		lessons: lessons.map(({ id, title, durationMs, isSigned, captionLanguages }) => ({
			...{ id, title, durationMs, isSigned, captionLanguages }
		})),
		linkedData: linkedDataOf({ ...course, cover, lessons }, url.origin)
	};
});
