import { json } from '@sveltejs/kit';
import { MarksInput } from '#lib/domain/timeline.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import { SavedInBetween } from '#lib/server/media/captions.ts';
import * as marks from '#lib/server/media/marks.ts';
import { answering } from '../../../../../answering.ts';
import { jsonBody } from '../../../../../json-body.ts';
import type { RequestEvent } from './$types';

/** Two thousand areas and five hundred turns, written out. */
const MAX_CHARACTERS = 500_000;

/** What the studio saves by itself: the new revision and the steps' ids, or 409 with who saved in between. */
export const PUT = answering(async ({ locals, params, request }: RequestEvent) => {
	const { actor } = locals;
	const { db, wakeWorker } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const input = read(MarksInput, await jsonBody(request, MAX_CHARACTERS));
	try {
		const kept = await marks.save(db, lesson, actor, input);
		wakeWorker();
		return json(kept);
	} catch (error) {
		if (error instanceof SavedInBetween) return json(error.now, { status: 409 });
		throw error;
	}
});
