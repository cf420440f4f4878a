import { redirect } from '@sveltejs/kit';
import { plainText } from '#lib/captions/payload.ts';
import { tracksOf } from '#lib/domain/lessons.ts';
import { TakeForm } from '#lib/domain/takes.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as joinedTakes from '#lib/server/media/joined-takes.ts';
import { type Presentation, presentationOf } from '#lib/server/media/presentation.ts';
import * as takes from '#lib/server/media/takes.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as m from '#lib/words/compiled/messages.js';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const watchable = await lessons.forWatching(db, actor, lesson.id);
	const [presentation, sent, receivedIds, current] = await Promise.all([
		presentationOf(db, watchable),
		takes.ofLesson(db, lesson.id),
		takes.receivedIds(db, lesson.id),
		tracks.ofLesson(db, lesson.id)
	]);
	return {
		lesson: { ...lesson },
		owner: `${actor.id}/${lesson.id}`,
		isWanted: tracksOf(lesson.teachingMode).includes('sign'),
		hasSign: current.some(({ kind }) => kind === 'sign'),
		/** It has been sent and is not prepared yet. */
		isAwaited: current.some(
			({ kind, state }) => kind === 'demonstration' && state !== 'ready' && state !== 'failed'
		),
		recordable: presentation && recordableOf(presentation),
		receivedIds,
		sent: sent.map((take) => ({
			id: take.id,
			startMs: take.startMs,
			endMs: take.endMs,
			alignMs: take.alignMs,
			trimStartMs: take.trimStartMs,
			trimEndMs: take.trimEndMs,
			state: take.state === 'arriving' ? ('waiting' as const) : take.state,
			failureCode: take.failureCode
		}))
	};
});

function recordableOf({ demonstration, durationMs, steps = [], captions }: Presentation) {
	const written = captions.find(({ language }) => language === getLocale()) ?? captions[0];
	return {
		src: demonstration.src,
		poster: demonstration.poster,
		durationMs,
		steps: steps.map(({ startMs, endMs, title }) => ({ startMs, endMs, title })),
		cues: (written?.cues ?? []).flatMap(({ startMs, endMs, text }) =>
			startMs < durationMs ? [{ startMs, endMs, text: plainText(text) }] : []
		)
	};
}

const editable = async ({ locals, params }: RequestEvent) => {
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	return { actor, lesson: await lessons.forEditing(locals.app.db, actor, params.lessonId) };
};

export const actions = {
	join: action(async (event: RequestEvent) => {
		const { actor, lesson } = await editable(event);
		const { db, wakeWorker } = event.locals.app;
		const count = (await takes.ofLesson(db, lesson.id)).length;
		await joinedTakes.makeTrack(db, lesson, actor, m.recording_track_name({ count }));
		wakeWorker();
		redirect(303, `/teach/lessons/${lesson.id}`);
	}),
	remove: action(async (event: RequestEvent, form) => {
		const { lesson } = await editable(event);
		await takes.remove(event.locals.app.db, lesson, readForm(TakeForm, form).takeId);
	}),
	putBack: action(async (event: RequestEvent, form) => {
		const { lesson } = await editable(event);
		await takes.putBack(event.locals.app.db, lesson, readForm(TakeForm, form).takeId);
	})
} satisfies Actions;
