import { json } from '@sveltejs/kit';
import { StepsInput } from '#lib/domain/timeline.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { read } from '#lib/server/input.ts';
import * as steps from '#lib/server/media/steps.ts';
import { answering } from '../../../../../answering.ts';
import { jsonBody } from '../../../../../json-body.ts';
import type { RequestEvent } from './$types';

const MAX_CHARACTERS = 200_000;

/** What the steps' studio saves: the ids under which the steps are kept, in order. */
export const PUT = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, wakeWorker } = locals.app;
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	const input = read(StepsInput, await jsonBody(request, MAX_CHARACTERS));
	const ids = await steps.put(db, lesson, input);
	wakeWorker();
	return json({ ids });
});
