import { redirect } from '@sveltejs/kit';
import { DuplicateForm } from '#lib/domain/course-archive.ts';
import { NewIdForm } from '#lib/domain/courses.ts';
import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { duplicate } from '#lib/server/exchange/duplicate.ts';
import { sizeOf } from '#lib/server/exchange/export.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db, storage } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	const [archive, listing] = await Promise.all([
		sizeOf(db, storage, course),
		catalogue.stateOf(db, course.id)
	]);
	return { course: { id: course.id, title: course.title }, archive, listing, newId: newId() };
});

const list = (isListed: boolean) =>
	action(async ({ locals, params }: RequestEvent) => {
		const course = await courses.forEditing(locals.app.db, locals.actor, params.courseId);
		await catalogue.list(locals.app.db, locals.actor, course.id, isListed);
		redirect(303, `/teach/courses/${course.id}/share#list`);
	});

export const actions = {
	duplicate: action(async ({ locals, params }: RequestEvent, form) => {
		const { db, storage } = locals.app;
		const course = await courses.forEditing(db, locals.actor, params.courseId);
		const { title } = readForm(DuplicateForm, form);
		const { newId: id } = readForm(NewIdForm, form);
		await duplicate(db, storage, locals.actor, course, { title, id });
		locals.app.wakeWorker();
		redirect(303, `/teach/courses/${id}`);
	}),
	list: list(true),
	unlist: list(false)
} satisfies Actions;
