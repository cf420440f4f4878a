import { AttachmentForm, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '#lib/domain/attachments.ts';
import { IdForm } from '#lib/domain/fields.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import * as m from '#lib/words/compiled/messages.js';
import { action, answering } from '../../../../../answering.ts';
import { shownAttachments } from '../../../../../attachment-words.ts';
import type { DoneAction } from '../../../Done.svelte';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	const files = await attachments.ofLesson(locals.app.db, lesson);
	return {
		lesson: { ...lesson },
		files: shownAttachments(lesson.id, files),
		limits: { megabytes: MAX_ATTACHMENT_BYTES / 1024 / 1024, count: MAX_ATTACHMENTS }
	};
});

const editable = async ({ locals, params }: RequestEvent) => {
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	return { actor, lesson: await lessons.forEditing(locals.app.db, actor, params.lessonId) };
};

/** What was done, and the button that takes it back. */
const done = (text: string, action: string, id: string) => ({
	done: { text, undo: { action, fields: { id } } } satisfies DoneAction
});

export const actions = {
	add: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		const { file } = readForm(AttachmentForm, form);
		const { db, storage } = event.locals.app;
		const bytes = new Uint8Array(await file.arrayBuffer());
		const input = { fileName: file.name, bytes };
		const { id, name } = await attachments.add(db, storage, lesson, actor, input);
		return done(m.attached_added({ name }), '?/remove', id);
	}),
	remove: action(async (event: RequestEvent, form) => {
		const { lesson } = await editable(event);
		const { id } = readForm(IdForm, form);
		const name = await attachments.remove(event.locals.app.db, lesson, id);
		return done(m.attached_removed({ name }), '?/takeBack', id);
	}),
	takeBack: action(async (event: RequestEvent, form) => {
		const { lesson } = await editable(event);
		const { id } = readForm(IdForm, form);
		const name = await attachments.takeBack(event.locals.app.db, lesson, id);
		return done(m.attached_back({ name }), '?/remove', id);
	})
} satisfies Actions;
