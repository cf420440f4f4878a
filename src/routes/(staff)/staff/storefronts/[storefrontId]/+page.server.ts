import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { SeenForm, StorefrontForm } from '#lib/domain/storefronts.ts';
import { read, readForm } from '#lib/server/input.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const storefront = await storefronts.forEditing(locals.app.db, locals.actor, params.storefrontId);
	const { id, name, platform, address, wares, helpNeeded, revision, suspendedAt } = storefront;
	return {
		storefront: { id, name, platform, address, wares, helpNeeded, revision, suspendedAt }
	};
});

/** The shop as the page showed it, or Conflict. */
const seen = ({ locals, params }: RequestEvent, form: FormData) =>
	storefronts.forEditing(
		locals.app.db,
		locals.actor,
		params.storefrontId ?? '',
		readForm(SeenForm, form).revision
	);

export const actions = {
	change: action(async (event: RequestEvent, form) => {
		const input = read(StorefrontForm, {
			...Object.fromEntries(form),
			helpNeeded: form.getAll('helpNeeded')
		});
		await storefronts.change(event.locals.app.db, await seen(event, form), input);
		redirect(303, '/staff/storefronts?done=changed');
	}),
	suspend: action(async (event: RequestEvent, form) => {
		await storefronts.suspend(event.locals.app.db, await seen(event, form));
		redirect(303, '/staff/storefronts?done=suspended');
	}),
	resume: action(async (event: RequestEvent, form) => {
		await storefronts.resume(event.locals.app.db, await seen(event, form));
		redirect(303, '/staff/storefronts?done=resumed');
	})
} satisfies Actions;
