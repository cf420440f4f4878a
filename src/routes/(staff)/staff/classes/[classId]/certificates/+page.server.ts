import type { Actions, RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { id } from '#lib/domain/fields.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const of = await issuing.forIssuing(locals.app.db, locals.actor, params.classId);
	return {
		class: { id: of.id, title: of.title, courseTitle: of.courseTitle },
		own: of.by.id,
		candidates: await issuing.candidates(locals.app.db, of)
	};
});

async function issue(
	{ locals, params }: RequestEvent,
	whom: Parameters<typeof issuing.issue>[2]
): Promise<{ issued: number }> {
	const { db, settings } = locals.app;
	const of = await issuing.forIssuing(db, locals.actor, params.classId ?? '');
	return { issued: await issuing.issue(db, of, whom, settings.association) };
}

export const actions = {
	one: action(async (event: RequestEvent, form) =>
		issue(event, [readForm(v.object({ personId: id }), form).personId])
	),
	all: action(async (event: RequestEvent) => issue(event, 'everybody ready'))
} satisfies Actions;
