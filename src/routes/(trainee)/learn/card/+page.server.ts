import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { readForm } from '#lib/server/input.ts';
import * as ownCards from '#lib/server/classes/own-cards.ts';
import { action, answering } from '../../../answering.ts';
import { deviceOf } from '../../../session-cookie.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async (event: PageServerLoadEvent) => ({
	cards: await ownCards.of(event.locals.app.db, event.locals.actor, deviceOf(event))
}));

export const actions = {
	stop: action(async ({ locals }: RequestEvent, form) => {
		await ownCards.stop(locals.app.db, locals.actor, readForm(IdForm, form).id);
		redirect(303, '/card/stopped');
	})
} satisfies Actions;
