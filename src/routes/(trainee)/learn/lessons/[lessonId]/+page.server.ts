import { redirect } from '@sveltejs/kit';
import { NotFound } from '#lib/server/errors.ts';
import { IdForm } from '#lib/domain/fields.ts';
import { piecesAsked } from '#lib/domain/materials.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import { presentationFor } from '#lib/server/media/presentation.ts';
import * as playerSettings from '#lib/server/people/player-settings.ts';
import { draftOf } from '#lib/server/publication/content.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { readForm } from '#lib/server/input.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../answering.ts';
import { type Beside, besideOf, type Todo } from '../../../../beside-lesson.ts';
import { scriptsOf } from '../../../../island-files.ts';
import { partsOf, type Stop } from '../../road.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';
import { LESSON_ISLAND, nextOf, type WatchingData } from './watching-data.ts';

export const load = answering(async (event: PageServerLoadEvent) => ({
	scripts: scriptsOf(LESSON_ISLAND),
	...(await watchingOf(event))
}));

/** What is asked for; the steps only where they are. */
const todoOf = (stop: Stop, steps: { id: string; title: string }[], practised: string[]): Todo => ({
	parts: partsOf(stop),
	steps: steps
		.filter(({ id }) => stop.needs.stepIds.includes(id))
		.map(({ id, title }) => ({ id, title, isDone: practised.includes(id) }))
});

export const actions = {
	// Without script, or away from the video: a step she has done at her own bench.
	practised: action(async ({ locals, params, url }: RequestEvent, form) => {
		const { id } = readForm(IdForm, form);
		await progress.practise(locals.app.db, locals.actor, params.lessonId, id);
		redirect(303, `${url.pathname}#todo`);
	})
} satisfies Actions;

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
	const stop = course?.lessons.find(({ id }) => id === lesson.id);
	const watching = {
		personId: actor.id,
		lesson: { id: lesson.id, title, summary },
		version: version?.number,
		presentation,
		standing,
		...(stop && { watchedPercent: stop.needs.watchedPercent }),
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
		if (stop) beside.todo = todoOf({ ...stop, task: its }, content.steps, standing.practised);
	}
	return { watching, beside };
}
