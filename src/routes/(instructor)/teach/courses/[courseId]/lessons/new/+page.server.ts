import { redirect } from '@sveltejs/kit';
import { LessonForm, NewIdForm } from '#lib/domain/courses.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { id, title } = await courses.forEditing(locals.app.db, locals.actor, params.courseId);
	return { course: { id, title }, newId: newId() };
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { db } = locals.app;
		const course = await courses.forEditing(db, locals.actor, params.courseId);
		const input = readForm(LessonForm, form);
		const { newId } = readForm(NewIdForm, form);
		const id = await lessons.add(db, course, input, newId);
		redirect(303, `/teach/lessons/${id}`);
	})
} satisfies Actions;
