import { redirect } from '@sveltejs/kit';
import { CompletionForm } from '#lib/domain/completion.ts';
import * as completion from '#lib/server/courses/completion.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { read } from '#lib/server/input.ts';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const editable = ({ locals, params }: PageServerLoadEvent | RequestEvent) =>
	lessons.forEditing(locals.app.db, locals.actor, params.lessonId);

export const load = answering(async (event: PageServerLoadEvent) => {
	const lesson = await editable(event);
	return {
		lesson: { ...lesson },
		completion: await completion.ofLesson(event.locals.app.db, lesson),
		isSaved: event.url.searchParams.has('saved')
	};
});

export const actions = {
	default: action(async (event: RequestEvent, form) => {
		const lesson = await editable(event);
		const asked = { ...Object.fromEntries(form), more: form.getAll('more') };
		await completion.put(event.locals.app.db, lesson, read(CompletionForm, asked));
		redirect(303, `${event.url.pathname}?saved`);
	})
} satisfies Actions;
