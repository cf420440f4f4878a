import { figureOf } from '#lib/domain/amounts.ts';
import { changedRows, MaterialsForm, type RawRow } from '#lib/domain/materials.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import * as m from '#lib/words/compiled/messages.js';
import { action, answering } from '../../../../../answering.ts';
import type { DoneAction } from '../../../Done.svelte';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	const { count, product, rows } = await materials.ofLesson(locals.app.db, lesson);
	return { lesson: { ...lesson }, count, product, rows: rows.map(asTyped) };
});

const asTyped = ({
	kind,
	name,
	amount,
	unit,
	note
}: materials.Materials['rows'][number]): RawRow => ({
	...{ kind, name, note, unit: unit ?? 'g' },
	amount: amount === null || unit === null ? '' : figureOf({ thousandths: amount, unit })
});

/** As the form itself would send it. */
const fieldsOf = ({ count, product, rows }: materials.Materials): Record<string, string> => ({
	...{ count: count === null ? '' : String(count), product },
	...Object.fromEntries(
		rows
			.map(asTyped)
			.flatMap((row, at) => Object.entries(row).map(([part, text]) => [`rows.${at}.${part}`, text]))
	)
});

const put = (isTakenBack: boolean) =>
	action(async (event: RequestEvent, form) => {
		const { db } = event.locals.app;
		const lesson = await lessons.forEditing(db, event.locals.actor, event.params.lessonId);
		// Without JavaScript, moving and deleting rows is asked of the server, which saves as well.
		const fields = changedRows(Object.fromEntries(form));
		const before = await materials.put(db, lesson, read(MaterialsForm, fields));
		const text = isTakenBack ? m.signs_materials_taken_back() : m.signs_materials_saved();
		const undo = { action: '?/takeBack', fields: fieldsOf(before) };
		return {
			done: { text, undo } satisfies DoneAction,
			/** The page's own rows are not what is true any more. */
			...(isTakenBack && { anew: newId() })
		};
	});

export const actions = {
	save: put(false),
	takeBack: put(true)
} satisfies Actions;
