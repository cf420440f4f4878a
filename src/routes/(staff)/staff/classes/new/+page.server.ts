import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { NewClassForm } from '#lib/domain/classes.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	id: newId(),
	courses: (await courses.published(locals.app.db)).map(({ id, title, publishedCount }) => ({
		id,
		title,
		publishedCount
	}))
}));

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const { id, ...input } = readForm(NewClassForm, form);
		await classes.open(locals.app.db, locals.actor, input, id);
		redirect(303, `/staff/classes/${id}`);
	})
} satisfies Actions;
