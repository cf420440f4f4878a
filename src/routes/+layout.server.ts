import * as notifications from '#lib/server/notifications/notifications.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { hrefOf } from './(signed-in)/inbox/shown.ts';
import type { LayoutServerLoad } from './$types';

/** How many notifications wait for whoever looks; those that lead to this very page are read by that. */
async function unreadAt({ actor, app }: App.Locals, { pathname }: URL): Promise<number> {
	if (actor.type !== 'person') return 0;
	const unread = await notifications.unreadOf(app.db, actor);
	const read = unread.filter((one) => hrefOf(one) === pathname).map(({ id }) => id);
	if (read.length > 0) await notifications.read(app.db, actor, read);
	return unread.length - read.length;
}

/** What the frame of every page needs to know of whoever is looking at it. */
export const load: LayoutServerLoad = async ({ locals, url }) => ({
	person:
		locals.actor.type === 'person'
			? { name: locals.actor.displayName, roles: locals.actor.roles }
			: undefined,
	unread: await unreadAt(locals, url),
	language: getLocale(),
	theme: locals.theme,
	isDemo: locals.app.settings.isDemo
});
