import { redirect } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { CommentForm, VerdictForm } from '#lib/domain/reviews.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { readForm } from '#lib/server/input.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import { draftOf } from '#lib/server/publication/content.ts';
import * as exceptions from '#lib/server/publication/exceptions.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { action, answering } from '../../../answering.ts';
import { besideOf } from '../../../beside-lesson.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const reviewing = ({ locals, params }: RequestEvent) =>
	reviews.forReviewing(locals.app.db, locals.actor, params.lessonId);

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { lesson } = await reviews.forReviewing(db, locals.actor, params.lessonId);
	const watchable = await lessons.forWatching(db, locals.actor, lesson.id);
	const [underWay, presentation, draft, allowed] = await Promise.all([
		reviews.underWay(db, lesson),
		presentationOf(db, watchable),
		draftOf(db, lesson),
		exceptions.ofLesson(db, lesson.id)
	]);
	const beside = besideOf(lesson.id, draft);
	return { lesson: { ...lesson }, ...underWay, presentation, beside, exceptions: allowed };
});

export const actions = {
	comment: action(async (event: RequestEvent, form) => {
		await reviews.comment(event.locals.app.db, await reviewing(event), readForm(CommentForm, form));
		return { noted: true };
	}),
	remove: action(async (event: RequestEvent, form) => {
		const { lesson } = await reviewing(event);
		await reviews.removeComment(event.locals.app.db, lesson, readForm(IdForm, form).id);
		redirect(303, `/review/${lesson.id}#noted`);
	}),
	decide: action(async (event: RequestEvent, form) => {
		const decision = readForm(VerdictForm, form);
		await reviews.decide(event.locals.app.db, await reviewing(event), decision);
		redirect(303, `/review?done=${decision.verdict}`);
	})
} satisfies Actions;
