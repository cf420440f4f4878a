import { getLocale } from '#lib/words/compiled/runtime.js';
import type { LayoutServerLoad } from './$types';

/** What the frame of every page needs to know of whoever is looking at it. */
export const load: LayoutServerLoad = ({ locals }) => ({
	person:
		locals.actor.type === 'person'
			? { name: locals.actor.displayName, roles: locals.actor.roles }
			: undefined,
	language: getLocale(),
	theme: locals.theme,
	isDemo: locals.app.settings.isDemo
});
