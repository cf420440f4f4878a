import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import * as cardUse from '#lib/server/classes/card-use.ts';
import { action, answering } from '../../../answering.ts';
import { deviceOf, keepDevice, signIn } from '../../../session-cookie.ts';
import type { PageServerLoadEvent } from './$types';

// The address is a secret, as an invitation's is: it leaves with no request to others.
const presented = (event: PageServerLoadEvent | RequestEvent) => ({
	secret: event.params.secret ?? '',
	device: deviceOf(event),
	agent: event.request.headers.get('user-agent') ?? undefined,
	address: event.getClientAddress()
});

export const load = answering(async (event: PageServerLoadEvent) => ({
	card: await cardUse.look(event.locals.app.db, presented(event))
}));

export const actions = {
	begin: action(async (event: RequestEvent) => {
		const used = await cardUse.use(event.locals.app.db, presented(event));
		// Somebody was faster, or staff took it back: the page is made anew, and says so.
		if (used.state !== 'in') return {};
		keepDevice(event, used.device);
		await signIn(event, used.personId);
		redirect(303, '/learn');
	}),
	ask: action(async (event: RequestEvent) => {
		await cardUse.ask(event.locals.app.db, presented(event));
		return { isAsked: true };
	}),
	stop: action(async (event: RequestEvent) => {
		await cardUse.stop(event.locals.app.db, presented(event));
		redirect(303, '/card/stopped');
	})
} satisfies Actions;
