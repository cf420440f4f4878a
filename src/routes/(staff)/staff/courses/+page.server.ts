import { redirect } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const all = await catalogue.listable(locals.app.db, locals.actor);
	return {
		courses: all.map(({ id, title, listedAt }) => ({ id, title, isListed: listedAt !== null }))
	};
});

const list = (isListed: boolean) =>
	action(async ({ locals }: RequestEvent, form) => {
		await catalogue.list(locals.app.db, locals.actor, readForm(IdForm, form).id, isListed);
		redirect(303, '/staff/courses');
	});

export const actions = {
	list: list(true),
	unlist: list(false)
} satisfies Actions;
