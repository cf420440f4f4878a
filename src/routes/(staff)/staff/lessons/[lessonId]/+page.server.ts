import { redirect } from '@sveltejs/kit';
import { ExceptionForm, needsBeforePublishing, TopicForm, topicOf } from '#lib/domain/gate.ts';
import { readForm } from '#lib/server/input.ts';
import * as exceptions from '#lib/server/publication/exceptions.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { action, answering } from '../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const allowing = ({ locals, params }: RequestEvent) =>
	exceptions.forLettingThrough(locals.app.db, locals.actor, params.lessonId);

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { lesson } = await exceptions.forLettingThrough(db, locals.actor, params.lessonId);
	const [facts, allowed] = await Promise.all([
		publication.facts(db, lesson),
		exceptions.ofLesson(db, lesson.id)
	]);
	const needs = needsBeforePublishing(facts);
	const topics = new Set(needs.flatMap((need) => topicOf(need) ?? []));
	return { lesson: { ...lesson }, needs, topics: [...topics], exceptions: allowed };
});

export const actions = {
	allow: action(async (event: RequestEvent, form) => {
		const exception = readForm(ExceptionForm, form);
		await exceptions.allow(event.locals.app.db, await allowing(event), exception);
		redirect(303, '/staff/lessons?done=allowed');
	}),
	revoke: action(async (event: RequestEvent, form) => {
		const { topic } = readForm(TopicForm, form);
		await exceptions.revoke(event.locals.app.db, await allowing(event), topic);
		redirect(303, '/staff/lessons?done=revoked');
	})
} satisfies Actions;
