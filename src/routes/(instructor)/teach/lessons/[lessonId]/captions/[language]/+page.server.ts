import { redirect } from '@sveltejs/kit';
import { CaptionLanguageForm } from '#lib/domain/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as captions from '#lib/server/media/captions.ts';
import { action, answering } from '../../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const languageIn = (params: { language: string }) => {
	try {
		return read(CaptionLanguageForm, params).language;
	} catch (error) {
		if (error instanceof Invalid) throw new NotFound();
		throw error;
	}
};

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const language = languageIn(params);
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	return {
		lesson: { ...lesson },
		language,
		...(await captions.inLanguage(db, lesson, language))
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent) => {
		const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
		await captions.remove(locals.app.db, lesson, languageIn(params));
		redirect(303, `/teach/lessons/${lesson.id}#captions`);
	})
} satisfies Actions;
