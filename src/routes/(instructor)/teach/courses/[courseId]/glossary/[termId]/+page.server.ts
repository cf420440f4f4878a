import { Readable } from 'node:stream';
import { redirect } from '@sveltejs/kit';
import { ClipForm, TermForm, variantsText } from '#lib/domain/glossary.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as clips from '#lib/server/media/clips.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as terms from '#lib/server/media/terms.ts';
import * as m from '#lib/words/compiled/messages.js';
import { action, answering } from '../../../../../../answering.ts';
import type { DoneAction } from '../../../../Done.svelte';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const course = await courses.forEditing(db, actor, params.courseId);
	const all = await glossary.list(db, course);
	const at = all.findIndex(({ id }) => id === params.termId);
	const term = all[at];
	if (!term) throw new NotFound();
	// The next one that has none, from here on and round again.
	const next = [...all.slice(at + 1), ...all.slice(0, at)].find(
		({ clipState }) => clipState === undefined || clipState === 'failed'
	);
	return {
		course: { id: course.id, title: course.title },
		owner: `${actor.id}/${course.id}`,
		term,
		variants: variantsText(term.variants),
		next: next && { id: next.id, term: next.term }
	};
});

const editable = ({ locals, params }: RequestEvent) =>
	courses.forEditing(locals.app.db, locals.actor, params.courseId);

export const actions = {
	change: action(async (event: RequestEvent, form) => {
		const course = await editable(event);
		const input = readForm(TermForm, form);
		const { termId } = event.params;
		const before = await terms.change(event.locals.app.db, course, termId, input);
		const fields = {
			term: before.term,
			variants: variantsText(before.variants),
			explanation: before.explanation
		};
		const text = m.signs_done_changed({ term: input.term });
		return { done: { text, undo: { action: '?/change', fields } } satisfies DoneAction };
	}),
	film: action(async (event: RequestEvent, form) => {
		const { app } = event.locals;
		const course = await editable(event);
		const { film } = readForm(ClipForm, form);
		const { termId } = event.params;
		await clips.receive(app.db, app, course, termId, {
			id: newId(),
			bytes: Readable.from(film.stream()),
			sizeBytes: film.size
		});
		app.wakeWorker();
		redirect(303, `/teach/courses/${course.id}/glossary/${termId}`);
	})
} satisfies Actions;
