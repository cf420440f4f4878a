import { redirect } from '@sveltejs/kit';
import { inRows, stepsIn } from '#lib/domain/steps-form.ts';
import { StepsInput } from '#lib/domain/timeline.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { Invalid } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	const watchable = await lessons.forWatching(db, locals.actor, lesson.id);
	return {
		lesson: { ...lesson },
		presentation: await presentationOf(db, watchable),
		isSaved: url.searchParams.has('saved')
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { db, wakeWorker } = locals.app;
		const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
		const fields = new Map([...form].map(([name, value]) => [name, String(value)]));
		const { demonstration } = await tracks.readyOf(db, lesson.id);
		if (!demonstration) throw new Invalid({ '': 'video_not_ready' });
		const { input, rows } = stepsIn(fields, demonstration.durationMs);
		try {
			await steps.put(db, lesson, read(StepsInput, input));
		} catch (error) {
			throw error instanceof Invalid ? new Invalid(inRows(error.problems, rows)) : error;
		}
		wakeWorker();
		redirect(303, `/teach/lessons/${lesson.id}/steps?saved`);
	})
} satisfies Actions;
