import type { Actions, RequestEvent } from '@sveltejs/kit';
import { listingOf, paged } from '#lib/domain/listing.ts';
import * as cards from '#lib/server/classes/cards.ts';
import { action, answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';
import { printed } from './printed.ts';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const own = await cards.forMaking(locals.app.db, locals.actor, params.classId);
	const trainees = await cards.ofClass(locals.app.db, own);
	return {
		class: { id: own.of.id, title: own.of.title },
		traineeCount: trainees.length,
		listed: paged(trainees, listingOf(url.searchParams), ({ displayName }) => displayName),
		missingCount: trainees.filter((one) => one.cardId === null && one.mayHaveCard).length
	};
});

export const actions = {
	// No redirect here: only this answer ever holds the secrets, of which hashes are kept.
	missing: action(async ({ locals, params, url }: RequestEvent) => {
		const own = await cards.forMaking(locals.app.db, locals.actor, params.classId ?? '');
		return { cards: await printed(await cards.makeMissing(locals.app.db, own), url.origin) };
	})
} satisfies Actions;
