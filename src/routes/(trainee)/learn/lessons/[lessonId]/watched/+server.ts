import { error, json } from '@sveltejs/kit';
import { WatchedEvent } from '#lib/domain/watching.ts';
import { read } from '#lib/server/input.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

const MAX_BYTES = 20_000;

/** What the player saw go by, every few seconds. */
export const POST = answering(async ({ locals, params, request }: RequestEvent) => {
	if (!request.headers.get('content-type')?.startsWith('application/json'))
		error(415, 'application/json expected');
	const text = await request.text();
	if (text.length > MAX_BYTES) error(413, 'too large');
	const event = read(WatchedEvent, parse(text));
	return json(await progress.record(locals.app.db, locals.actor, params.lessonId, event));
});

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		error(400, 'JSON expected');
	}
}
