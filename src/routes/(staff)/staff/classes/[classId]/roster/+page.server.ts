import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { MAX_ROSTER_LINES, RosterForm } from '#lib/domain/roster.ts';
import * as roster from '#lib/server/classes/roster.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const own = await roster.forFilling(locals.app.db, locals.actor, params.classId);
	return {
		class: { id: own.of.id, title: own.of.title },
		limits: { lines: MAX_ROSTER_LINES },
		imports: await roster.importsOf(locals.app.db, own)
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const own = await roster.forFilling(locals.app.db, locals.actor, params.classId ?? '');
		const { file } = readForm(RosterForm, form);
		const bytes = new Uint8Array(await file.arrayBuffer());
		const id = await roster.read(locals.app.db, own, { name: file.name, bytes });
		redirect(303, `/staff/classes/${own.of.id}/roster/${id}`);
	})
} satisfies Actions;
