/** Opens the app once; then, for every request: who is asking, in which language, at which door. */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
	error,
	type Handle,
	type HandleServerError,
	redirect,
	type ServerInit
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { bodyLimitOf, doorOf, pass } from '#lib/server/access/doors.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import { type App, openApp } from '#lib/server/app.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import * as roster from '#lib/server/classes/roster.ts';
import * as imports from '#lib/server/exchange/imports.ts';
import { cleanUp } from '#lib/server/media/clean-up.ts';
import * as erasure from '#lib/server/own-data/erasure.ts';
import * as rateLimits from '#lib/server/people/rate-limits.ts';
import { forgetExpired, sessionCookieName, whoIs } from '#lib/server/people/sessions.ts';
import * as works from '#lib/server/practice/works.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { isWantedEarly, withoutLaterStyles } from './routes/island-files.ts';
import { allowFraming } from './routes/previews.ts';
import {
	baseLocale,
	extractLocaleFromHeader,
	isLocale,
	type Locale,
	overwriteServerAsyncLocalStorage
} from '#lib/words/compiled/runtime.js';

let app: App;

const HOUR_MS = 60 * 60_000;

const toolsForWorks = (): works.Tools => ({ storage: app.storage, uploads: app.works });

/** What is over is not kept: rows of old limits would only say who tried when. */
const forgetWhatIsOver = (): Promise<unknown> =>
	Promise.all([
		rateLimits.forgetOld(app.db),
		roster.forgetOld(app.db),
		notifications.forgetOld(app.db),
		forgetExpired(app.db),
		cleanUp(app.db, app),
		works.cleanUp(app.db, toolsForWorks()),
		erasure.eraseDue(app.db, toolsForWorks()),
		imports.cleanUp(app.db, app.archives)
	]).catch((error: unknown) => console.error('could not forget what is over', error));

export const init: ServerInit = async () => {
	app = await openApp(settingsFrom(process.env));
	void forgetWhatIsOver();
	setInterval(() => void forgetWhatIsOver(), HOUR_MS).unref();
	process.once('sveltekit:shutdown', () => void app.close());
};

const isSecure = (url: URL): boolean => url.protocol === 'https:';

const THEMES = ['auto', 'light', 'dark'] as const;

const whoIsAsking: Handle = async ({ event, resolve }) => {
	event.locals.app = app;
	event.locals.theme = THEMES.find((theme) => theme === event.cookies.get('theme')) ?? 'auto';
	event.locals.sessionSecret = event.cookies.get(sessionCookieName(isSecure(event.url)));
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

/**
 * A body is read into memory as a whole: who is not known yet may not send the 64 MB that a piece
 * of a video may have. (Pages that take files say themselves what is too large, in words.)
 */
const bearable: Handle = ({ event, resolve }) => {
	const { body, headers } = event.request;
	const limit = bodyLimitOf(event.route.id);
	if (body !== null && limit !== Infinity) {
		const length = headers.get('content-length');
		if (length === null) return new Response('length required', { status: 411 });
		if (Number(length) > limit) return new Response('too large', { status: 413 });
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

/** Which language each request is answered in, for every message spoken on its way. */
const spoken = new AsyncLocalStorage<{
	locale?: Locale;
	origin?: string;
	messageCalls?: Set<string>;
}>();
overwriteServerAsyncLocalStorage(spoken);

/**
 * The person's choice, then the browser's. Paraglide's own middleware does this too, but copies
 * the request for the sake of languages in addresses, which there are none of here.
 */
const inTheirLanguage: Handle = ({ event, resolve }) => {
	const chosen = event.cookies.get('language');
	const locale = isLocale(chosen) ? chosen : (extractLocaleFromHeader(event.request) ?? baseLocale);
	return spoken.run({ locale, origin: event.url.origin, messageCalls: new Set() }, () =>
		resolve(event, {
			preload: isWantedEarly,
			transformPageChunk: ({ html }) =>
				withoutLaterStyles(html)
					.replace('%lang%', locale === 'zh-CN' ? 'zh-Hans-CN' : 'en')
					.replace('%theme%', event.locals.theme)
		})
	);
};

const withHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	// Pages are made for one person: no cache may keep them. Media set their own.
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
	response.headers.set('vary', 'Cookie, Accept-Language');
	allowFraming(event.route.id, response.headers);
	return response;
};

export const handle = sequence(
	withHeaders,
	fromOurPages,
	bearable,
	whoIsAsking,
	inTheirLanguage,
	atTheDoor
);

export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	// What was asked wrongly is no fault of ours. The route, not the address: an invitation's is secret.
	if (status >= 500) console.error(event.request.method, event.route.id, thrown);
	// Nothing of what went wrong inside is told outside.
	return { message: status === 404 ? 'not found' : 'unexpected' };
};
