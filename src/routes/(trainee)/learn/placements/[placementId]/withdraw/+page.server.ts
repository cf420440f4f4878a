import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { stepsFrom, StepForm } from '#lib/domain/placements.ts';
import { readForm } from '#lib/server/input.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { action, answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const placement = await placements.forGraduate(db, locals.actor, params.placementId);
	// An old link or a second press: there is nothing to leave any more.
	if (!stepsFrom(placement, 'graduate').includes('withdraw'))
		redirect(303, '/learn/placements?done=moved');
	const { id, revision, shopName, role } = placement;
	return { placement: { id, revision, shopName, role } };
});

export const actions = {
	withdraw: action(async ({ locals }: RequestEvent, form) => {
		const { placementId, revision } = readForm(StepForm, form);
		const { db } = locals.app;
		await placements.withdraw(
			db,
			await placements.forGraduate(db, locals.actor, placementId, revision)
		);
		redirect(303, '/learn/placements?done=withdraw');
	})
} satisfies Actions;
