import { redirect } from '@sveltejs/kit';
import { ColleagueForm } from '#lib/domain/people.ts';
import { IdForm } from '#lib/domain/fields.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	const me = locals.actor.type === 'person' ? locals.actor.id : '';
	const all = await instructors.ofCourse(db, course);
	return {
		course: { id: course.id, title: course.title },
		instructors: all.map((one) => ({ ...one, isMe: one.id === me }))
	};
});

const editable = ({ locals, params }: RequestEvent) =>
	courses.forEditing(locals.app.db, locals.actor, params.courseId);

export const actions = {
	add: action(async (event: RequestEvent, form) => {
		const { signInName } = readForm(ColleagueForm, form);
		const course = await editable(event);
		await instructors.add(event.locals.app.db, course, signInName);
		redirect(303, `/teach/courses/${course.id}/people`);
	}),
	remove: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const { id } = readForm(IdForm, form);
		await instructors.remove(event.locals.app.db, course, id);
		const { actor } = event.locals;
		const isMe = actor.type === 'person' && actor.id === id;
		redirect(303, isMe ? '/teach' : `/teach/courses/${course.id}/people`);
	})
} satisfies Actions;
