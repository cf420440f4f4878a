import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { CheckInForm } from '#lib/domain/aftercare.ts';
import * as care from '#lib/server/aftercare/care.ts';
import * as checkIns from '#lib/server/aftercare/check-ins.ts';
import { read } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import { ownPlacement } from '../own.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async (event: PageServerLoadEvent) => {
	const own = await ownPlacement(event);
	return {
		shopName: own.shopName,
		...(await care.checkInOfOwn(event.locals.app.db, own)),
		done: event.url.searchParams.get('done')
	};
});

export const actions = {
	answer: action(async (event: RequestEvent, form) => {
		const own = await ownPlacement(event);
		const said = read(CheckInForm, {
			...Object.fromEntries(form),
			helps: form.getAll('helps')
		});
		await checkIns.answer(event.locals.app.db, own, said);
		redirect(303, `/learn/placements/${own.id}/check-in?done=saved`);
	}),
	takeBack: action(async (event: RequestEvent) => {
		const own = await ownPlacement(event);
		await checkIns.takeIncomeBack(event.locals.app.db, own);
		redirect(303, `/learn/placements/${own.id}/check-in?done=gone`);
	})
} satisfies Actions;
