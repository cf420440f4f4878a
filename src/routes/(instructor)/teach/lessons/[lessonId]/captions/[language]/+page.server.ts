import { redirect } from '@sveltejs/kit';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';
import { otherOf, whichIn } from './which.ts';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const which = whichIn(params, url);
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	const [watchable, course, kept, written] = await Promise.all([
		lessons.forWatching(db, locals.actor, lesson.id),
		courses.forEditing(db, locals.actor, lesson.courseId),
		captions.find(db, lesson, which),
		captions.ofLesson(db, lesson.id)
	]);
	const other = otherOf(which, written);
	const [beside, terms, presentation] = await Promise.all([
		other && captions.find(db, lesson, other),
		glossary.list(db, course),
		presentationOf(db, watchable)
	]);
	return {
		lesson: { ...lesson },
		...which,
		kept,
		beside: other && beside && { ...other, webvtt: beside.webvtt },
		terms: terms.flatMap(({ term, variants }) => [term, ...variants]),
		presentation
	};
});

export const actions = {
	default: action(async ({ locals, params, url }: RequestEvent) => {
		const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
		await captions.remove(locals.app.db, lesson, whichIn(params, url));
		redirect(303, `/teach/lessons/${lesson.id}#captions`);
	})
} satisfies Actions;
