import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { EndForm, type PlacementStep, StepForm } from '#lib/domain/placements.ts';
import type { Database } from '#lib/server/database/database.ts';
import { readForm } from '#lib/server/input.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { id, displayName, certificates } = await graduates.forProposing(
		db,
		locals.actor,
		params.personId
	);
	return {
		graduate: { id, displayName, certificates },
		placements: await placements.ofGraduate(db, locals.actor, id),
		storefronts: await storefronts.open(db, locals.actor),
		done: url.searchParams.get('done')
	};
});

const step = (
	name: PlacementStep,
	take: (db: Database, placement: placements.StaffPlacement) => Promise<void>
) =>
	action(async ({ locals, params }: RequestEvent, form) => {
		const { placementId, revision } = readForm(StepForm, form);
		const { db } = locals.app;
		await take(db, await placements.forStaff(db, locals.actor, placementId, revision));
		redirect(303, `/staff/graduates/${params.personId}?done=${name}`);
	});

export const actions = {
	introduce: step('introduce', placements.introduce),
	begin_trial: step('begin_trial', placements.beginTrial),
	activate: step('activate', placements.activate),
	end: action(async ({ locals, params }: RequestEvent, form) => {
		const { placementId, revision, ...why } = readForm(EndForm, form);
		const { db } = locals.app;
		const placement = await placements.forStaff(db, locals.actor, placementId, revision);
		await placements.end(db, placement, why);
		redirect(303, `/staff/graduates/${params.personId}?done=end`);
	})
} satisfies Actions;
