import { redirect } from '@sveltejs/kit';
import { TrackForm } from '#lib/domain/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as processing from '#lib/server/media/processing.ts';
import { makeAgain } from '#lib/server/media/remake.ts';
import { action, answering } from '../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const { actor, app } = locals;
	return { personId: actor.id, ...(await processing.videosOf(app.db, actor)) };
});

type Act = (typeof processing)['retry' | 'cancel' | 'takeBack'];

const act = (work: Act) =>
	action(async ({ locals, params: _, ...event }: RequestEvent, form) => {
		const { db } = locals.app;
		const { lessonId, trackId } = readForm(TrackForm, form);
		await work(db, await lessons.forEditing(db, locals.actor, lessonId), trackId);
		locals.app.wakeWorker();
		redirect(303, event.url.pathname);
	});

export const actions = {
	again: action(async ({ locals, params: _, ...event }: RequestEvent, form) => {
		const { actor, app } = locals;
		if (actor.type !== 'person') throw new NotFound();
		const { lessonId, trackId } = readForm(TrackForm, form);
		const lesson = await lessons.forEditing(app.db, actor, lessonId);
		await makeAgain(app.db, app.storage, lesson, actor, trackId);
		app.wakeWorker();
		redirect(303, event.url.pathname);
	}),
	retry: act(processing.retry),
	cancel: act(processing.cancel),
	takeBack: act(processing.takeBack)
} satisfies Actions;
