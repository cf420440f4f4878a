/** Every way into the app, read from the source: pages, their actions, and endpoints. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Way = {
	/** As SvelteKit names it: `/(trainee)/learn/lessons/[lessonId]`. */
	routeId: string;
	kind: 'page' | 'action' | 'endpoint';
	method: string;
	/** `?/publish`, for a named action. */
	query: string;
};

const METHOD = /\b(?:const|function|as) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;

function waysOf(file: string): Way[] {
	const routeId = `/${dirname(file)}`.replace(/^\/\.$/, '/');
	const text = readFileSync(join('src/routes', file), 'utf8');
	if (file.endsWith('+server.ts'))
		return [...text.matchAll(METHOD)].map(([, method = '']) => ({
			routeId,
			kind: 'endpoint',
			method,
			query: ''
		}));
	const actions = /export const actions = \{\n([\s\S]*?)\n\} satisfies/.exec(text)?.[1] ?? '';
	return [
		{ routeId, kind: 'page', method: 'GET', query: '' },
		...[...actions.matchAll(/^\t(\w+): /gm)].map(([, name]): Way => ({
			routeId,
			kind: 'action',
			method: 'POST',
			query: name === 'default' ? '' : `?/${name}`
		}))
	];
}

export const ways = (): Way[] => {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' });
	const isWay = (file: string): boolean =>
		/\+(server|page\.server)\.ts$/.test(file) ||
		// A page without a load is a way in too.
		(file.endsWith('+page.svelte') &&
			!existsSync(join('src/routes', dirname(file), '+page.server.ts')));
	return files.filter(isWay).sort().flatMap(waysOf);
};

/** @throws when nobody has said what a parameter should be */
export function addressOf(way: Way, params: Record<string, string>): string {
	const path = way.routeId
		.replaceAll(/\/\([^)]+\)/g, '')
		.replaceAll(/\[(?:\.\.\.)?(\w+)(?:=\w+)?\]/g, (_, name: string) => {
			const value = params[name];
			if (value === undefined) throw new Error(`town.ts knows no ${name} for ${way.routeId}`);
			return encodeURIComponent(value);
		});
	return (path === '' ? '/' : path) + way.query;
}
