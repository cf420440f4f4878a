import { redirect } from '@sveltejs/kit';
import { MoveForm } from '#lib/domain/versions.ts';
import * as moving from '#lib/server/classes/moving.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { of } = await moving.forMoving(db, locals.actor, params.classId);
	return {
		class: { id: of.id, title: of.title, courseTitle: of.courseTitle },
		lessons: await moving.ofClass(db, of)
	};
});

export const actions = {
	move: action(async ({ locals, params }: RequestEvent, form) => {
		const { db } = locals.app;
		const { lessonId } = readForm(MoveForm, form);
		await moving.move(db, await moving.forMoving(db, locals.actor, params.classId), lessonId);
		redirect(303, `/staff/classes/${params.classId}/versions`);
	})
} satisfies Actions;
