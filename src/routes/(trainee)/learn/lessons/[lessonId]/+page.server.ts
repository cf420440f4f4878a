import { NotFound } from '#lib/server/errors.ts';
import { piecesAsked } from '#lib/domain/materials.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as playerSettings from '#lib/server/people/player-settings.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../../answering.ts';
import { scriptsOf } from '../../../../island-scripts.ts';
import type { PageServerLoadEvent } from './$types';

const ISLAND = 'src/routes/(trainee)/learn/lessons/[lessonId]/lesson.island.ts';

export type WatchingData = Awaited<ReturnType<typeof watchingOf>>;

export const load = answering(async (event: PageServerLoadEvent) => ({
	scripts: await scriptsOf(ISLAND),
	watching: await watchingOf(event)
}));

async function watchingOf({ locals, params, url }: PageServerLoadEvent) {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forWatching(db, actor, params.lessonId);
	const [presentation, standing, road, settings, madeOf] = await Promise.all([
		presentationOf(db, lesson),
		progress.inLesson(db, actor, lesson.id),
		progress.road(db, actor),
		playerSettings.forPerson(db, actor),
		materials.ofLesson(db, lesson)
	]);
	if (!presentation) throw new NotFound();
	const course = road.find(({ id }) => id === lesson.courseId);
	const siblings = course?.lessons ?? [];
	const here = siblings.findIndex(({ id }) => id === lesson.id);
	return {
		personId: actor.id,
		lesson: { id: lesson.id, title: lesson.title, summary: lesson.summary },
		presentation,
		standing,
		...(madeOf.rows.length > 0 && { madeOf }),
		/** For how many pieces the amounts are asked; without JavaScript the address says it. */
		wanted: piecesAsked(url.searchParams),
		settings,
		next: siblings[here + 1] && { id: siblings[here + 1]?.id, title: siblings[here + 1]?.title },
		language: getLocale()
	};
}
