import { AppointForm } from '#lib/domain/appeals.ts';
import { now } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as queue from '#lib/server/practice/queue.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../answering.ts';
import { hearingWords, namesIn, waitingWords } from '../../../handed-in/shown.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const { waiting, instructors } = await queue.forStaff(locals.app.db, locals.actor);
	const at = now();
	return {
		waiting: waiting.map(({ hearing, named, excluded, at: since, ...row }) => ({
			...row,
			hearing: hearing && hearingWords(hearing),
			waiting: waitingWords(since, at),
			named: named.length > 0 ? namesIn(named, getLocale()) : '',
			choices: instructors.filter(({ id }) => !excluded.includes(id))
		}))
	};
});

export const actions = {
	appoint: action(async ({ locals }: RequestEvent, form) => {
		const { id, personId } = readForm(AppointForm, form);
		const of = await queue.forAppointing(locals.app.db, locals.actor, id);
		await queue.appoint(locals.app.db, of, personId);
		return { appointed: id };
	})
} satisfies Actions;
