import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { classFields, ClassRunForm } from '#lib/domain/classes.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as run from '#lib/server/classes/run.ts';
import { read } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

const idsOf = (people: { id: string }[]) => people.map(({ id }) => id).join(' ');

export const load = answering(async ({ locals: { app, actor }, params }: PageServerLoadEvent) => {
	const of = await classes.forRunning(app.db, actor, params.classId);
	return {
		class: { id: of.id, title: of.title },
		values: {
			title: of.title,
			startsOn: of.startsOn ?? '',
			endsOn: of.endsOn ?? '',
			where: of.isOnline ? 'online' : 'place',
			place: of.place ?? '',
			seats: of.seats === null ? '' : String(of.seats),
			instructorIds: idsOf(of.instructors),
			inChargeIds: idsOf(of.inCharge)
		},
		choices: await run.whoCanRun(app.db, actor, of)
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const input = read(ClassRunForm, classFields(form));
		await run.change(locals.app.db, locals.actor, params.classId ?? '', input);
		redirect(303, `/staff/classes/${params.classId}`);
	})
} satisfies Actions;
