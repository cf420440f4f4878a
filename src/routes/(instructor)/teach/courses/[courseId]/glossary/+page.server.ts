import { MoveTermForm, NewTermForm } from '#lib/domain/glossary.ts';
import { IdForm } from '#lib/domain/fields.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as terms from '#lib/server/media/terms.ts';
import * as m from '#lib/words/compiled/messages.js';
import { action, answering } from '../../../../../answering.ts';
import type { DoneAction } from '../../../Done.svelte';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const course = await courses.forEditing(db, actor, params.courseId);
	return {
		course: { id: course.id, title: course.title },
		/** Keeps people and courses apart in what a device holds. */
		owner: `${actor.id}/${course.id}`,
		terms: await glossary.list(db, course),
		newId: newId()
	};
});

const editable = ({ locals, params }: RequestEvent) =>
	courses.forEditing(locals.app.db, locals.actor, params.courseId);
const done = (text: string, action: string, fields: Record<string, string>) => ({
	done: { text, undo: { action: `?/${action}`, fields } } satisfies DoneAction
});

export const actions = {
	add: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const { id, ...input } = readForm(NewTermForm, form);
		await terms.add(event.locals.app.db, course, id, input);
		return done(m.signs_done_added({ term: input.term }), 'remove', { id });
	}),
	move: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const { id, direction } = readForm(MoveTermForm, form);
		const term = await terms.move(event.locals.app.db, course, id, direction);
		const back = direction === 'up' ? 'down' : 'up';
		return done(m.signs_done_moved({ term }), 'move', { id, direction: back });
	}),
	remove: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const { id } = readForm(IdForm, form);
		const term = await terms.remove(event.locals.app.db, course, id);
		return done(m.signs_done_removed({ term }), 'putBack', { id });
	}),
	putBack: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const { id } = readForm(IdForm, form);
		const term = await terms.putBack(event.locals.app.db, course, id);
		event.locals.app.wakeWorker();
		return done(m.signs_done_put_back({ term }), 'remove', { id });
	})
} satisfies Actions;
