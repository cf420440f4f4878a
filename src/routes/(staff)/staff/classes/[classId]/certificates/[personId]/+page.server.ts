import type { Actions, RequestEvent } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { RecordForm } from '#lib/domain/skill-levels.ts';
import * as records from '#lib/server/certificates/records.ts';
import { readForm } from '#lib/server/input.ts';
import * as m from '#lib/words/compiled/messages.js';
import { action, answering } from '../../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

const trainee = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) => {
	const { classId = '', personId = '' } = params;
	return records.forRecording(locals.app.db, locals.actor, { classId, personId });
};

export const load = answering(async (event: PageServerLoadEvent) => {
	const of = await trainee(event);
	const { displayName, classId, classTitle } = of;
	return {
		trainee: { displayName, classId, classTitle },
		records: await records.of(event.locals.app.db, of)
	};
});

export const actions = {
	add: action(async (event: RequestEvent, form) => {
		const of = await trainee(event);
		const { file, ...record } = readForm(RecordForm, form);
		const { db, storage } = event.locals.app;
		await records.add(db, storage, of, record, new Uint8Array(await file.arrayBuffer()));
		return { done: m.record_added() };
	}),
	remove: action(async (event: RequestEvent, form) => {
		const of = await trainee(event);
		const { db, storage } = event.locals.app;
		await records.remove(db, storage, of, readForm(IdForm, form).id);
		return { done: m.record_removed() };
	})
} satisfies Actions;
