import { json } from '@sveltejs/kit';
import { MAX_CAPTION_BYTES } from '#lib/captions/read.ts';
import { CaptionsToSave } from '#lib/domain/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as captions from '#lib/server/media/captions.ts';
import { answering } from '../../../../../../answering.ts';
import { jsonBody } from '../../../../../../json-body.ts';
import type { RequestEvent } from './$types';
import { whichIn } from './which.ts';

/** A line break is two characters in JSON; what is then still too large is told in words. */
const MAX_CHARACTERS = 2 * MAX_CAPTION_BYTES;

/** What is kept now, for whoever was not the last to save; `null` when there is nothing. */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	return json((await captions.find(locals.app.db, lesson, whichIn(params, url))) ?? null);
});

/** What the caption studio saves by itself: the new revision, or 409 with who saved in between. */
export const PUT = answering(async ({ locals, params, request, url }: RequestEvent) => {
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(locals.app.db, actor, params.lessonId);
	const which = whichIn(params, url);
	const input = read(CaptionsToSave, await jsonBody(request, MAX_CHARACTERS));
	try {
		return json(await captions.save(locals.app.db, lesson, actor, { ...which, ...input }));
	} catch (error) {
		if (error instanceof captions.SavedInBetween) return json(error.now, { status: 409 });
		throw error;
	}
});
