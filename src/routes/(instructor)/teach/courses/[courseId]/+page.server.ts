import { redirect } from '@sveltejs/kit';
import { MoveForm } from '#lib/domain/courses.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { action, answering } from '../../../../answering.ts';
import { coverAddress } from '../../cover-address.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	const [inOrder, states] = await Promise.all([
		lessons.ofCourse(db, course.id),
		publication.statesOf(db, course.id)
	]);
	const { id, title, summary, skillField, coverKey } = course;
	return {
		course: { id, title, summary, skillField, cover: coverAddress(coverKey) },
		lessons: inOrder.map((lesson) => ({
			id: lesson.id,
			title: lesson.title,
			teachingMode: lesson.teachingMode,
			state: states.get(lesson.id) ?? 'draft'
		}))
	};
});

export const actions = {
	move: action(async ({ locals, params }: RequestEvent, form) => {
		const { lessonId, direction } = readForm(MoveForm, form);
		const lesson = await lessons.forEditing(locals.app.db, locals.actor, lessonId);
		if (lesson.courseId !== params.courseId) throw new NotFound();
		await lessons.move(locals.app.db, lesson, direction);
		redirect(303, `/teach/courses/${params.courseId}#lesson-${lesson.id}`);
	})
} satisfies Actions;
