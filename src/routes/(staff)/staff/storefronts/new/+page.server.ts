import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { NewStorefrontForm } from '#lib/domain/storefronts.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { action } from '../../../../answering.ts';

export const load = () => ({ id: newId() });

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const { id, ...input } = read(NewStorefrontForm, {
			...Object.fromEntries(form),
			helpNeeded: form.getAll('helpNeeded')
		});
		await storefronts.create(locals.app.db, locals.actor, input, id);
		redirect(303, '/staff/storefronts?done=added');
	})
} satisfies Actions;
