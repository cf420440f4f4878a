import type { Task } from '#lib/domain/practice.ts';
import {
	fieldsOf,
	PracticeForm,
	rawTaskOf,
	RemovePracticeForm
} from '#lib/domain/practice-form.ts';
import { instructorIdsOf } from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as practice from '#lib/server/courses/practice.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as taskPictures from '#lib/server/media/task-pictures.ts';
import * as m from '#lib/words/compiled/messages.js';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../answering.ts';
import { minute } from '../../../../../days.ts';
import type { DoneAction } from '../../../Done.svelte';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';
import { exampleFor } from './examples.ts';
import { takePictures } from './sent-pictures.ts';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	const { revision, task, savedBy, savedAt } = await practice.ofLesson(locals.app.db, lesson);
	return {
		lesson: { ...lesson },
		instructorCount: (await instructorIdsOf(locals.app.db, lesson.courseId)).length,
		revision,
		task: task && rawTaskOf(task),
		saved: savedBy !== undefined &&
			savedAt !== undefined && { name: savedBy, date: minute(savedAt, getLocale()) },
		example: task ? undefined : exampleFor(url.searchParams.get('begin'))
	};
});

const editable = async ({ locals, params }: RequestEvent) => {
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	return { actor, lesson: await lessons.forEditing(locals.app.db, actor, params.lessonId) };
};

/** What was done, with the way back to how it was. */
function done(text: string, before: Task | undefined, revision: number) {
	const baseRevision = String(revision);
	const undo = before
		? { action: '?/takeBack', fields: { ...fieldsOf(rawTaskOf(before)), baseRevision } }
		: { action: '?/removeAgain', fields: { baseRevision } };
	return { text, undo } satisfies DoneAction;
}

const put = (isTakenBack: boolean) =>
	action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		await takePictures(event.locals.app, lesson, actor, form);
		const input = readForm(PracticeForm, form);
		const { db } = event.locals.app;
		const { before, revision } = await taskPictures.put(db, lesson, actor, input);
		const text = isTakenBack ? m.signs_materials_taken_back() : m.task_saved();
		return {
			done: done(text, before, revision),
			/** The page's own fields are not what is true any more. */
			...(isTakenBack && { anew: newId() })
		};
	});

const remove = (isTakenBack: boolean) =>
	action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		const { baseRevision } = readForm(RemovePracticeForm, form);
		const { db } = event.locals.app;
		const { before, revision } = await taskPictures.remove(db, lesson, actor, baseRevision);
		const text = isTakenBack ? m.signs_materials_taken_back() : m.task_removed();
		return { done: done(text, before, revision), anew: newId() };
	});

export const actions = {
	save: put(false),
	takeBack: put(true),
	remove: remove(false),
	removeAgain: remove(true)
} satisfies Actions;
