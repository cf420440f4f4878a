import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { CloseForm, SeenToForm } from '#lib/domain/aftercare.ts';
import * as alarms from '#lib/server/aftercare/alarms.ts';
import * as care from '#lib/server/aftercare/care.ts';
import * as checkIns from '#lib/server/aftercare/check-ins.ts';
import { readForm } from '#lib/server/input.ts';
import * as placements from '#lib/server/placements/placements.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

const placementOf = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) =>
	placements.forStaff(locals.app.db, locals.actor, params.placementId ?? '');

export const load = answering(async (event: PageServerLoadEvent) => ({
	...(await care.ofPlacement(event.locals.app.db, await placementOf(event))),
	done: event.url.searchParams.get('done')
}));

export const actions = {
	close: action(async ({ locals, params }: RequestEvent, form) => {
		const { alarmId, note } = readForm(CloseForm, form);
		const { db } = locals.app;
		await alarms.close(db, await alarms.forClosing(db, locals.actor, alarmId), note);
		redirect(303, `/staff/aftercare/${params.placementId}?done=close`);
	}),
	seeTo: action(async (event: RequestEvent, form) => {
		const placement = await placementOf(event);
		await checkIns.seeTo(event.locals.app.db, placement, readForm(SeenToForm, form));
		redirect(303, `/staff/aftercare/${placement.id}?done=seeTo`);
	})
} satisfies Actions;
