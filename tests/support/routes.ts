/** Every page of the app, found in the folder of routes: a new page cannot be forgotten. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

export type Page = {
	/** As SvelteKit names it: `/(trainee)/learn/lessons/[lessonId]`. */
	routeId: string;
	group: string;
	params: string[];
};

export const pages = (): Page[] =>
	readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => {
			const routeId = `/${dirname(file)}`;
			return {
				routeId,
				group: /^\/\(([^)]+)\)/.exec(routeId)?.[1] ?? '',
				params: [...routeId.matchAll(/\[([^\]=]+)(?:=[^\]]+)?\]/g)].map((match) => match[1] ?? '')
			};
		})
		.sort((a, b) => a.routeId.localeCompare(b.routeId));

/**
 * The address of a page with its parameters filled in.
 * @throws when nobody has said what a parameter should be
 */
export function addressOf(page: Page, params: Record<string, string>): string {
	const path = page.routeId
		.replaceAll(/\/\([^)]+\)/g, '')
		.replaceAll(/\[([^\]=]+)(?:=[^\]]+)?\]/g, (_, name: string) => {
			const value = params[name];
			if (!value) throw new Error(`make-world.ts knows no ${name} for ${page.routeId}`);
			return encodeURIComponent(value);
		});
	return path === '' || path === '/.' ? '/' : path;
}
