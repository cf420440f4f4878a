import { redirect } from '@sveltejs/kit';
import { CourseForm } from '#lib/domain/courses.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import { coverAddress } from '../../../cover-address.ts';
import { bytesOfCover } from '../../read-cover.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const course = await courses.forEditing(locals.app.db, locals.actor, params.courseId);
	const { id, title, summary, skillField, occupation, skillLevel, coverKey } = course;
	const cover = coverAddress(coverKey);
	return { course: { id, title, summary, skillField, occupation, skillLevel, cover } };
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { db, storage } = locals.app;
		const course = await courses.forEditing(db, locals.actor, params.courseId);
		const input = readForm(CourseForm, form);
		const picture = await bytesOfCover(input.cover);
		// First what can still be refused.
		if (picture) await courses.setCover(db, storage, course, picture);
		await courses.change(db, course, input);
		redirect(303, `/teach/courses/${course.id}`);
	})
} satisfies Actions;
