import type { RequestEvent } from '@sveltejs/kit';
import * as sessions from '#lib/server/people/sessions.ts';

const set = ({ cookies }: RequestEvent, cookie: sessions.SessionCookie): void =>
	cookies.set(cookie.name, cookie.value, { path: '/', ...cookie.attributes });

const isSecure = ({ url }: RequestEvent): boolean => url.protocol === 'https:';

/** Begins a session under a new secret; one this browser had before is ended. */
export async function signIn(event: RequestEvent, personId: string): Promise<void> {
	const { db } = event.locals.app;
	await sessions.end(db, event.locals.sessionSecret, isSecure(event));
	set(event, await sessions.begin(db, personId, isSecure(event)));
}

export async function signOut(event: RequestEvent): Promise<void> {
	const { db } = event.locals.app;
	set(event, await sessions.end(db, event.locals.sessionSecret, isSecure(event)));
}

/** As long as browsers keep a cookie at all; every use begins it anew. */
const DEVICE_SECONDS = 400 * 86_400;

/** The secret by which a card knows this device again; it signs nobody in by itself. */
export const deviceOf = (event: Pick<RequestEvent, 'cookies' | 'url'>): string | undefined =>
	event.cookies.get(sessions.deviceCookieName(event.url.protocol === 'https:'));

export const keepDevice = (event: RequestEvent, device: string): void =>
	event.cookies.set(sessions.deviceCookieName(isSecure(event)), device, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure(event),
		maxAge: DEVICE_SECONDS
	});
