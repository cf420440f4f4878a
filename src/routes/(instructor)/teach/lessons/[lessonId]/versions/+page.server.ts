import { redirect } from '@sveltejs/kit';
import { MoveClassForm } from '#lib/domain/versions.ts';
import * as moving from '#lib/server/classes/moving.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { readForm } from '#lib/server/input.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	const [history, classes] = await Promise.all([
		versions.history(db, lesson),
		moving.classesOf(db, lesson)
	]);
	return { lesson: { ...lesson }, versions: history, classes };
});

export const actions = {
	move: action(async ({ locals, params }: RequestEvent, form) => {
		const { db } = locals.app;
		const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
		const { classId } = readForm(MoveClassForm, form);
		await moving.move(db, await moving.forMoving(db, locals.actor, classId), lesson.id);
		redirect(303, `/teach/lessons/${lesson.id}/versions#classes`);
	})
} satisfies Actions;
