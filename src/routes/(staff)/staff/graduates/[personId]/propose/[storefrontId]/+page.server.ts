import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { isOpen, ProposalForm } from '#lib/domain/placements.ts';
import { readForm } from '#lib/server/input.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const graduate = await graduates.forProposing(db, locals.actor, params.personId);
	const storefront = await storefronts.forEditing(db, locals.actor, params.storefrontId);
	const open = (await placements.ofGraduate(db, locals.actor, graduate.id)).filter(
		({ storefrontId, state }) => storefrontId === storefront.id && isOpen(state)
	);
	const { id, name, platform, address, wares, helpNeeded, suspendedAt } = storefront;
	return {
		graduate: { id: graduate.id, displayName: graduate.displayName },
		storefront: { id, name, platform, address, wares, isSuspended: suspendedAt !== null },
		roles: helpNeeded.filter((role) => !open.some((placement) => placement.role === role))
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { role } = readForm(ProposalForm, form);
		const { db } = locals.app;
		await placements.propose(
			db,
			await graduates.forProposing(db, locals.actor, params.personId ?? ''),
			await storefronts.forProposing(db, locals.actor, params.storefrontId ?? ''),
			role
		);
		redirect(303, `/staff/graduates/${params.personId}?done=propose`);
	})
} satisfies Actions;
