import { redirect } from '@sveltejs/kit';
import { MoveForm, OutlineForm, RenameForm, UnitForm, UnitIdForm } from '#lib/domain/outline.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as outline from '#lib/server/courses/outline.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as storageUse from '#lib/server/media/storage-use.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { action, answering } from '../../../../answering.ts';
import { coverAddress } from '../../cover-address.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	const [inOrder, states, laidOut, storage] = await Promise.all([
		lessons.ofCourse(db, course.id),
		publication.statesOf(db, course.id),
		outline.ofCourse(db, course.id),
		storageUse.ofCourse(db, course.id)
	]);
	const { id, title, summary, skillField, coverKey, archivedAt } = course;
	return {
		course: {
			...{ id, title, summary, skillField, cover: coverAddress(coverKey) },
			isArchived: archivedAt !== null
		},
		storage: { usedBytes: storage.usedBytes, limitBytes: storage.limitBytes },
		outline: laidOut.outline,
		/** The units' names, by their ids. */
		units: Object.fromEntries(laidOut.titles),
		lessons: inOrder.map((lesson) => ({
			id: lesson.id,
			title: lesson.title,
			teachingMode: lesson.teachingMode,
			state: states.get(lesson.id) ?? 'draft'
		}))
	};
});

const editable = ({ locals, params }: RequestEvent) =>
	courses.forEditing(locals.app.db, locals.actor, params.courseId);
const back = (event: RequestEvent, place = ''): never =>
	redirect(303, `/teach/courses/${event.params.courseId}${place}`);

const moveUnit = (direction: 'up' | 'down') =>
	action(async (event: RequestEvent, form) => {
		const { unitId } = readForm(UnitIdForm, form);
		await outline.moveUnit(event.locals.app.db, await editable(event), unitId, direction);
		back(event, `#unit-${unitId}`);
	});

export const actions = {
	move: action(async (event: RequestEvent, form) => {
		const { db } = event.locals.app;
		const { lessonId, direction } = readForm(MoveForm, form);
		const lesson = await lessons.forEditing(db, event.locals.actor, lessonId);
		if (lesson.courseId !== event.params.courseId) throw new NotFound();
		await outline.moveLesson(db, lesson, direction);
		back(event, `#lesson-${lesson.id}`);
	}),
	arrange: action(async (event: RequestEvent, form) => {
		const wanted = readForm(OutlineForm, form).outline;
		await outline.arrange(event.locals.app.db, await editable(event), wanted);
		return { arranged: true };
	}),
	addUnit: action(async (event: RequestEvent, form) => {
		const { title } = readForm(UnitForm, form);
		const id = await outline.addUnit(event.locals.app.db, await editable(event), title);
		back(event, `#unit-${id}`);
	}),
	renameUnit: action(async (event: RequestEvent, form) => {
		const renamed = readForm(RenameForm, form);
		await outline.renameUnit(event.locals.app.db, await editable(event), renamed);
		back(event, `#unit-${renamed.unitId}`);
	}),
	unitUp: moveUnit('up'),
	unitDown: moveUnit('down'),
	removeUnit: action(async (event: RequestEvent, form) => {
		const { unitId } = readForm(UnitIdForm, form);
		await outline.removeUnit(event.locals.app.db, await editable(event), unitId);
		back(event);
	}),
	archive: action(async (event: RequestEvent) => {
		await courses.archive(event.locals.app.db, await editable(event));
		back(event);
	}),
	unarchive: action(async (event: RequestEvent) => {
		await courses.unarchive(event.locals.app.db, await editable(event));
		back(event);
	})
} satisfies Actions;
