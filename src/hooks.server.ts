/** Opens the app once; then, for every request: who is asking, in which language, at which door. */
import {
	error,
	type Handle,
	type HandleServerError,
	redirect,
	type ServerInit
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { doorOf, pass } from '#lib/server/access/doors.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import { type App, openApp } from '#lib/server/app.ts';
import { SESSION_COOKIE, whoIs } from '#lib/server/people/sessions.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { paraglideMiddleware } from '#lib/words/compiled/server.js';

let app: App;

export const init: ServerInit = async () => {
	app = await openApp(settingsFrom(process.env));
	process.once('sveltekit:shutdown', () => void app.close());
};

const isSecure = (url: URL): boolean => url.protocol === 'https:';

const THEMES = ['auto', 'light', 'dark'] as const;

const whoIsAsking: Handle = async ({ event, resolve }) => {
	event.locals.app = app;
	event.locals.theme = THEMES.find((theme) => theme === event.cookies.get('theme')) ?? 'auto';
	event.locals.sessionSecret = event.cookies.get(SESSION_COOKIE);
	const known = await whoIs(app.db, event.locals.sessionSecret, isSecure(event.url));
	event.locals.actor = known?.actor ?? VISITOR;
	if (known?.cookie)
		event.cookies.set(known.cookie.name, known.cookie.value, {
			path: '/',
			...known.cookie.attributes
		});
	return resolve(event);
};

/**
 * Unsafe requests must come from our own pages. SvelteKit checks this for forms only; JSON, tus
 * and beacons pass here. (ASVS 5.0 3.5.1; Fetch Metadata.)
 */
const fromOurPages: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const isSafe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
	if (!isSafe) {
		const site = headers.get('sec-fetch-site');
		const isOurs = site ? site === 'same-origin' : headers.get('origin') === event.url.origin;
		if (!isOurs) return new Response('cross-site request refused', { status: 403 });
	}
	return resolve(event);
};

const atTheDoor: Handle = ({ event, resolve }) => {
	// No route: SvelteKit answers 404 by itself.
	if (event.route.id !== null) {
		const answer = pass(event.locals.actor, doorOf(event.route.id));
		if (answer === 'sign-in') {
			const isPage = event.request.headers.get('accept')?.includes('text/html');
			if (!isPage && event.request.method !== 'GET') error(401, 'sign in first');
			redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
		}
		if (answer === 'refused') error(403, 'not allowed');
	}
	return resolve(event);
};

const inTheirLanguage: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		return resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%lang%', locale === 'zh-CN' ? 'zh-Hans-CN' : 'en')
					.replace('%theme%', event.locals.theme)
		});
	});

const withHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	// Pages are made for one person: no cache may keep them. Media set their own.
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
	response.headers.set('vary', 'Cookie, Accept-Language');
	return response;
};

export const handle = sequence(withHeaders, fromOurPages, whoIsAsking, inTheirLanguage, atTheDoor);

export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	if (status !== 404) console.error(event.request.method, event.url.pathname, thrown);
	// Nothing of what went wrong inside is told outside.
	return { message: status === 404 ? 'not found' : 'unexpected' };
};
