import { NotFound } from '#lib/server/errors.ts';
import { piecesAsked } from '#lib/domain/materials.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import { presentationFor } from '#lib/server/media/presentation.ts';
import * as playerSettings from '#lib/server/people/player-settings.ts';
import { draftOf } from '#lib/server/publication/content.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../../answering.ts';
import { type Beside, besideOf } from '../../../../beside-lesson.ts';
import { scriptsOf } from '../../../../island-files.ts';
import type { PageServerLoadEvent } from './$types';
import { LESSON_ISLAND, nextOf, type WatchingData } from './watching-data.ts';

export const load = answering(async (event: PageServerLoadEvent) => ({
	scripts: scriptsOf(LESSON_ISLAND),
	...(await watchingOf(event))
}));

async function watchingOf({
	locals,
	params,
	url
}: PageServerLoadEvent): Promise<{ watching: WatchingData; beside: Beside }> {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forWatching(db, actor, params.lessonId);
	const { version, presentation } = await presentationFor(db, actor, lesson);
	const [standing, road, settings, madeOf, handedIn] = await Promise.all([
		progress.inLesson(db, actor, lesson.id, version?.films),
		progress.road(db, actor),
		playerSettings.forPerson(db, actor),
		materials.ofLesson(db, lesson),
		submissions.standingsOf(db, actor)
	]);
	if (!presentation) throw new NotFound();
	const course = road.find(({ id }) => id === lesson.courseId);
	const content = version?.content ?? (await draftOf(db, lesson));
	const { title, summary } = content;
	const watching = {
		personId: actor.id,
		lesson: { id: lesson.id, title, summary },
		version: version?.number,
		presentation,
		standing,
		...(madeOf.rows.length > 0 && { madeOf }),
		wanted: piecesAsked(url.searchParams),
		settings,
		next: nextOf(course?.lessons ?? [], lesson.id),
		language: getLocale()
	};
	const beside = besideOf(lesson.id, content);
	// Who looks at a lesson because she teaches or runs it hands nothing in.
	if (lesson.isEnrolled && version) {
		const [href, its] = [`/learn/lessons/${lesson.id}/hand-in`, handedIn.get(lesson.id)];
		beside.handIn = { href, ...(its && { standing: its }) };
	}
	return { watching, beside };
}
