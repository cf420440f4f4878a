import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { classFields, NewClassForm } from '#lib/domain/classes.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as run from '#lib/server/classes/run.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	id: newId(),
	choices: await run.whoCanRun(locals.app.db, locals.actor),
	courses: (await courses.published(locals.app.db)).map(({ id, title, publishedCount }) => ({
		id,
		title,
		publishedCount
	}))
}));

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const { id, ...input } = read(NewClassForm, classFields(form));
		await classes.open(locals.app.db, locals.actor, input, id);
		redirect(303, `/staff/classes/${id}`);
	})
} satisfies Actions;
