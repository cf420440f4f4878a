import { json } from '@sveltejs/kit';
import { WatchedEvent } from '#lib/domain/watching.ts';
import { read } from '#lib/server/input.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { answering } from '../../../../../answering.ts';
import { jsonBody } from '../../../../../json-body.ts';
import type { RequestEvent } from './$types';

const MAX_CHARACTERS = 20_000;

/** What the player saw go by, every few seconds. */
export const POST = answering(async ({ locals, params, request }: RequestEvent) => {
	const event = read(WatchedEvent, await jsonBody(request, MAX_CHARACTERS));
	return json(await progress.record(locals.app.db, locals.actor, params.lessonId, event));
});
