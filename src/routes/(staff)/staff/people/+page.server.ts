import type { Actions, RequestEvent } from '@sveltejs/kit';
import { InvitationForm } from '#lib/domain/invitations.ts';
import { listingOf } from '#lib/domain/listing.ts';
import { readForm } from '#lib/server/input.ts';
import * as everybody from '#lib/server/people/everybody.ts';
import * as people from '#lib/server/people/people.ts';
import { action, answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => ({
	people: await everybody.onPage(locals.app.db, locals.actor, listingOf(url.searchParams))
}));

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
