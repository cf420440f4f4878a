import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { SignInForm } from '#lib/domain/people.ts';
import { readForm } from '#lib/server/input.ts';
import * as people from '#lib/server/people/people.ts';
import { action } from '../../answering.ts';
import { startOf } from '../../navigation.ts';
import { signIn } from '../../session-cookie.ts';
import { ownPath } from '../own-path.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.actor.type === 'person')
		redirect(303, ownPath(url.searchParams.get('next')) ?? startOf(locals.actor.roles));
	return { isSentHere: url.searchParams.has('next') };
};

export const actions = {
	default: action(async (event: RequestEvent, form) => {
		const { db } = event.locals.app;
		const input = readForm(SignInForm, form);
		const person = await people.whoSignsIn(db, input, event.getClientAddress());
		await signIn(event, person.id);
		redirect(303, ownPath(event.url.searchParams.get('next')) ?? startOf(person.roles));
	})
} satisfies Actions;
