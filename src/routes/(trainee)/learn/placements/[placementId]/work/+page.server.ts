import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { alarmsOfMonth, MonthForm } from '#lib/domain/aftercare.ts';
import * as care from '#lib/server/aftercare/care.ts';
import * as months from '#lib/server/aftercare/months.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import { ownPlacement } from '../own.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async (event: PageServerLoadEvent) => {
	const own = await ownPlacement(event);
	const open = await care.monthsOfOwn(event.locals.app.db, own);
	const wanted = event.url.searchParams.get('month');
	const chosen =
		open.find(({ month }) => month === wanted) ??
		open.find(({ isOver, answer }) => isOver && !answer) ??
		open.at(-1);
	return {
		shopName: own.shopName,
		months: open.map(({ month }) => month),
		chosen,
		isAlarm: chosen?.answer !== undefined && alarmsOfMonth(chosen.answer).length > 0,
		isSaved: event.url.searchParams.get('done') === 'saved'
	};
});

export const actions = {
	answer: action(async (event: RequestEvent, form) => {
		const own = await ownPlacement(event);
		const said = readForm(MonthForm, form);
		await months.answer(event.locals.app.db, own, said);
		redirect(303, `/learn/placements/${own.id}/work?done=saved&month=${said.month}`);
	})
} satisfies Actions;
