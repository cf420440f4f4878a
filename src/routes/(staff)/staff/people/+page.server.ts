import type { Actions, RequestEvent } from '@sveltejs/kit';
import { InvitationForm } from '#lib/domain/invitations.ts';
import { readForm } from '#lib/server/input.ts';
import * as people from '#lib/server/people/people.ts';
import { action, answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const rows = await people.everybody(locals.app.db, locals.actor);
	return {
		people: Map.groupBy(rows, (row) => row.id)
			.values()
			.map((own) => ({
				id: own[0]?.id ?? '',
				displayName: own[0]?.displayName ?? '',
				roles: own.map(({ role }) => role)
			}))
			.toArray()
	};
});

export const actions = {
	// No redirect here: only this answer ever holds the link, its token is kept as a hash.
	invite: action(async ({ locals, url }: RequestEvent, form) => {
		const invitation = readForm(InvitationForm, form);
		const token = await people.invite(locals.app.db, locals.actor, invitation);
		return {
			invited: { name: invitation.displayName, link: `${url.origin}/invitations/${token}` }
		};
	})
} satisfies Actions;
