import { json } from '@sveltejs/kit';
import { NotFound } from '#lib/server/errors.ts';
import * as processing from '#lib/server/media/processing.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** How far all of one's videos are, asked for every second while something is under way. */
export const GET = answering(async ({ locals }: RequestEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const { current } = await processing.videosOf(locals.app.db, locals.actor);
	return json(
		current.map(({ id, state, progressPermille, place }) => ({
			...{ id, state, progressPermille, place }
		}))
	);
});
