import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { ReportForm } from '#lib/domain/aftercare.ts';
import { OPEN_STATES, type PlacementStep, StepForm } from '#lib/domain/placements.ts';
import * as alarms from '#lib/server/aftercare/alarms.ts';
import * as care from '#lib/server/aftercare/care.ts';
import type { Database } from '#lib/server/database/database.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as products from '#lib/server/storefronts/products.ts';
import { action, answering } from '../../../answering.ts';
import { OWN_PICTURES, shownProduct } from '../../../products/shown.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const { db } = locals.app;
	const [own, waiting, helped] = await Promise.all([
		placements.of(db, locals.actor),
		care.waitingFor(db, locals.actor),
		care.helpFor(db, locals.actor)
	]);
	return {
		placements: own.map((placement) => ({
			...placement,
			waiting: waiting.get(placement.id),
			helped: helped.get(placement.id) ?? []
		})),
		products: await productsOf(db, own),
		isGraduate: await graduates.isGraduate(db, locals.actor),
		done: url.searchParams.get('done')
	};
});

/** What the shops sell that he is asked for or has agreed to, by shop; of those he left nothing. */
async function productsOf(db: Database, own: readonly placements.Placement[]) {
	const isOpen = ({ state }: placements.Placement) => OPEN_STATES.some((open) => open === state);
	const shopIds = own.filter(isOpen).map(({ storefrontId }) => storefrontId);
	const byShop = await products.firstOfShops(db, [...new Set(shopIds)]);
	return Object.fromEntries(
		[...byShop].map(([shopId, sold]) => [
			shopId,
			sold.map((product) => shownProduct(product, OWN_PICTURES))
		])
	);
}

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
