import { redirect } from '@sveltejs/kit';
import { needsBeforePublishing } from '#lib/domain/gate.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import { type Presentation, presentationOf } from '#lib/server/media/presentation.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';
import { momentIn, otherOf, whichIn } from './which.ts';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const which = whichIn(params, url);
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const [watchable, course, kept, written] = await Promise.all([
		lessons.forWatching(db, actor, lesson.id),
		courses.forEditing(db, actor, lesson.courseId),
		captions.find(db, lesson, which),
		captions.ofLesson(db, lesson.id)
	]);
	const other = otherOf(which, written);
	const [beside, terms, presentation, facts] = await Promise.all([
		other && captions.find(db, lesson, other),
		glossary.list(db, course),
		presentationOf(db, watchable),
		publication.facts(db, lesson)
	]);
	return {
		lesson: { ...lesson },
		...which,
		atMs: momentIn(url),
		kept,
		beside: other && beside && { ...other, webvtt: beside.webvtt },
		owner: [actor.id, lesson.id, which.language, which.tier].join('/'),
		isPublished: facts.isPublished,
		needs: needsBeforePublishing(facts),
		terms: terms.map(({ term, variants }) => ({ term, variants })),
		pictures: presentation && picturesOf(presentation)
	};
});

/** All but the captions, which would come a second time. */
const picturesOf = ({ durationMs, demonstration, sign, sound }: Presentation) => ({
	durationMs,
	demonstration,
	sign,
	sound
});

export const actions = {
	default: action(async ({ locals, params, url }: RequestEvent) => {
		const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
		await captions.remove(locals.app.db, lesson, whichIn(params, url));
		redirect(303, `/teach/lessons/${lesson.id}#captions`);
	})
} satisfies Actions;
