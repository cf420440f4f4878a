import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { ReportForm } from '#lib/domain/aftercare.ts';
import { type PlacementStep, StepForm } from '#lib/domain/placements.ts';
import * as alarms from '#lib/server/aftercare/alarms.ts';
import * as care from '#lib/server/aftercare/care.ts';
import type { Database } from '#lib/server/database/database.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { action, answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const [own, waiting, helped] = await Promise.all([
		placements.of(locals.app.db, locals.actor),
		care.waitingFor(locals.app.db, locals.actor),
		care.helpFor(locals.app.db, locals.actor)
	]);
	return {
		placements: own.map((placement) => ({
			...placement,
			waiting: waiting.get(placement.id),
			helped: helped.get(placement.id) ?? []
		})),
		isGraduate: await graduates.isGraduate(locals.app.db, locals.actor),
		done: url.searchParams.get('done')
	};
});

/** The graduate's own step, taken from what he saw. */
const own = (
	name: PlacementStep,
	take: (db: Database, placement: placements.OwnPlacement) => Promise<void>
) =>
	action(async ({ locals }: RequestEvent, form) => {
		const { placementId, revision } = readForm(StepForm, form);
		const { db } = locals.app;
		await take(db, await placements.forGraduate(db, locals.actor, placementId, revision));
		redirect(303, `/learn/placements?done=${name}`);
	});

export const actions = {
	consent: own('consent', placements.consent),
	decline: own('decline', placements.decline),
	show: own('show', placements.show),
	hide: own('hide', placements.hide),
	report: action(async ({ locals }: RequestEvent, form) => {
		const { placementId } = readForm(ReportForm, form);
		const { db } = locals.app;
		await alarms.reportMoney(db, await placements.forGraduate(db, locals.actor, placementId));
		redirect(303, '/learn/placements?done=report');
	})
} satisfies Actions;
