import { redirect } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as imports from '#lib/server/exchange/imports.ts';
import { readForm } from '#lib/server/input.ts';
import { say } from '#lib/words/problems.ts';
import { action, answering } from '../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const all = await imports.ofPerson(locals.app.db, locals.actor);
	return {
		endpoint: imports.ARCHIVES_PATH,
		imports: all.map(({ problem, ...one }) => ({ ...one, problem: problem && say(problem) }))
	};
});

export const actions = {
	dismiss: action(async ({ locals }: RequestEvent, form) => {
		if (locals.actor.type !== 'person') throw new NotFound();
		const { db, archives } = locals.app;
		await imports.dismiss(db, archives, locals.actor, readForm(IdForm, form).id);
		redirect(303, '/teach/import');
	})
} satisfies Actions;
