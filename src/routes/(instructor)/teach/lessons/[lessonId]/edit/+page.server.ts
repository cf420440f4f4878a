import { redirect } from '@sveltejs/kit';
import { LessonForm } from '#lib/domain/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	return { lesson: { ...lesson } };
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
		await lessons.change(locals.app.db, lesson, readForm(LessonForm, form));
		redirect(303, `/teach/lessons/${lesson.id}`);
	})
} satisfies Actions;
