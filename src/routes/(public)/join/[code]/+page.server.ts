import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { joinCode } from '#lib/domain/classes.ts';
import { NewPersonForm } from '#lib/domain/people.ts';
import * as classes from '#lib/server/classes/classes.ts';
import { NotAllowed } from '#lib/server/errors.ts';
import { read, readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../answering.ts';
import { signIn } from '../../../session-cookie.ts';
import type { PageServerLoadEvent } from './$types';

const classBehind = (event: Pick<RequestEvent, 'params' | 'locals' | 'getClientAddress'>) =>
	classes.byJoinCode(
		event.locals.app.db,
		read(joinCode, event.params.code),
		event.getClientAddress()
	);

export const load = answering(async (event: PageServerLoadEvent) => {
	const { title, courseTitle, isFull, ...of } = await classBehind(event);
	const { startsOn, endsOn, isOnline, place, seats, traineeCount, instructors, inCharge } = of;
	return {
		classTitle: title,
		courseTitle,
		isFull,
		of: { startsOn, endsOn, isOnline, place, seats, traineeCount, instructors, inCharge }
	};
});

export const actions = {
	/** Somebody we know joins as who he is. */
	join: action(async (event: RequestEvent) => {
		if (event.locals.actor.type !== 'person') throw new NotAllowed();
		const { id } = await classBehind(event);
		await classes.join(event.locals.app.db, event.locals.actor, id);
		redirect(303, '/learn');
	}),
	/** Somebody new: an account and a place in the class, in one step. */
	register: action(async (event: RequestEvent, form) => {
		const { id } = await classBehind(event);
		const input = readForm(NewPersonForm, form);
		const personId = await classes.joinAsNewPerson(
			event.locals.app.db,
			input,
			id,
			event.getClientAddress()
		);
		await signIn(event, personId);
		redirect(303, '/learn');
	})
} satisfies Actions;
