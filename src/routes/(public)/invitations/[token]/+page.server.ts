import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { NewPersonForm } from '#lib/domain/people.ts';
import { readForm } from '#lib/server/input.ts';
import * as people from '#lib/server/people/people.ts';
import { action, answering } from '../../../answering.ts';
import { startOf } from '../../../navigation.ts';
import { signIn } from '../../../session-cookie.ts';
import type { PageServerLoadEvent } from './$types';

// The address is a secret. It leaves with no request to others (Referrer-Policy: same-origin);
// `no-referrer` would also hide the Origin of the form itself, which must be checked.
export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { role, displayName } = await people.invitationFor(locals.app.db, params.token);
	return { role, displayName };
});

export const actions = {
	default: action(async (event: RequestEvent, form) => {
		const input = readForm(NewPersonForm, form);
		const token = event.params.token ?? '';
		const { id, role } = await people.acceptInvitation(event.locals.app.db, token, input);
		await signIn(event, id);
		redirect(303, startOf([role]));
	})
} satisfies Actions;
