import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { joinCode } from '#lib/domain/classes.ts';
import * as classes from '#lib/server/classes/classes.ts';
import { readForm } from '#lib/server/input.ts';
import { action } from '../../answering.ts';

export const actions = {
	default: action(async (event: RequestEvent, form) => {
		const { code } = readForm(v.object({ code: joinCode }), form);
		await classes.byJoinCode(event.locals.app.db, code, event.getClientAddress());
		redirect(303, `/join/${code}`);
	})
} satisfies Actions;
