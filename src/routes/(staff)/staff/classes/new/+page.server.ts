import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { ClassForm } from '#lib/domain/classes.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => ({
	courses: (await courses.published(locals.app.db)).map(({ id, title, publishedCount }) => ({
		id,
		title,
		publishedCount
	}))
}));

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const id = await classes.open(locals.app.db, locals.actor, readForm(ClassForm, form));
		redirect(303, `/staff/classes/${id}`);
	})
} satisfies Actions;
