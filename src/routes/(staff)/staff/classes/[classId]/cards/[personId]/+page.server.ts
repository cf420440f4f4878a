import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import * as cards from '#lib/server/classes/cards.ts';
import { action, answering } from '../../../../../../answering.ts';
import { printed } from '../printed.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const own = await cards.forMaking(locals.app.db, locals.actor, params.classId);
	return {
		class: { id: own.of.id, title: own.of.title },
		trainee: await cards.ofPerson(locals.app.db, own, params.personId)
	};
});

const asked = async ({ locals, params }: RequestEvent) => ({
	db: locals.app.db,
	own: await cards.forMaking(locals.app.db, locals.actor, params.classId ?? ''),
	personId: params.personId ?? ''
});
const back = ({ params }: RequestEvent) =>
	redirect(303, `/staff/classes/${params.classId}/cards/${params.personId}`);

export const actions = {
	// No redirect here: only this answer ever holds the secret, of which a hash is kept.
	make: action(async (event: RequestEvent) => {
		const { db, own, personId } = await asked(event);
		return { cards: await printed(await cards.make(db, own, [personId]), event.url.origin) };
	}),
	allow: action(async (event: RequestEvent) => {
		const { db, own, personId } = await asked(event);
		await cards.allowOneMore(db, own, personId);
		back(event);
	}),
	revoke: action(async (event: RequestEvent) => {
		const { db, own, personId } = await asked(event);
		await cards.revoke(db, own, personId);
		back(event);
	})
} satisfies Actions;
