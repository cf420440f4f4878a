import * as certificates from '#lib/server/certificates/certificates.ts';
import { NotAllowed } from '#lib/server/errors.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { answering } from '../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotAllowed();
	const [road, handedIn, owned] = await Promise.all([
		progress.road(locals.app.db, locals.actor),
		submissions.standingsOf(locals.app.db, locals.actor),
		certificates.of(locals.app.db, locals.actor)
	]);
	return {
		courses: road.map(({ lessons, coverKey, ...course }) => ({
			...course,
			certificate: owned.find(({ courseId }) => courseId === course.id),
			cover: coverKey === null ? undefined : `/media/${coverKey}`,
			lessons: lessons.map(({ trackId, digest, ...lesson }) => ({
				...lesson,
				task: handedIn.get(lesson.id),
				poster:
					digest === null
						? undefined
						: tracks.addressesOf({ id: trackId, digest, hasSound: false }).poster
			}))
		}))
	};
});
