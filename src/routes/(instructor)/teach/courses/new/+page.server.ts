import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { CourseForm, NewIdForm } from '#lib/domain/courses.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import { action } from '../../../../answering.ts';
import { bytesOfCover } from '../read-cover.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ newId: newId() });

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const { db, storage } = locals.app;
		const input = readForm(CourseForm, form);
		const { newId } = readForm(NewIdForm, form);
		const picture = await bytesOfCover(input.cover);
		if (picture) await courses.checkCover(picture);
		const id = await courses.create(db, locals.actor, input, newId);
		if (picture) {
			const course = await courses.forEditing(db, locals.actor, id);
			await courses.setCover(db, storage, course, picture);
		}
		// A course is nothing without a lesson: that is what one has come for.
		redirect(303, `/teach/courses/${id}/lessons/new`);
	})
} satisfies Actions;
