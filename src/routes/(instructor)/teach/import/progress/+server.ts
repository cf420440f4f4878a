import { json } from '@sveltejs/kit';
import { NotFound } from '#lib/server/errors.ts';
import * as imports from '#lib/server/exchange/imports.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** How far one's imports are, asked for every second while one is under way. */
export const GET = answering(async ({ locals }: RequestEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const all = await imports.ofPerson(locals.app.db, locals.actor);
	return json(all.map(({ id, state, progressPermille }) => ({ id, state, progressPermille })));
});
