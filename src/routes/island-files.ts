/** Which files bring a page's living part to life (see `.config/islands.ts`), and which not yet. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dev } from '$app/environment';

type Listed = { scripts: Record<string, string[]>; later: string[] };
let known: Listed | undefined;

const listed = (): Listed =>
	(known ??= JSON.parse(
		readFileSync(resolve(process.env.BUILD_FOLDER ?? 'build', 'client/_app/islands.json'), 'utf8')
	) as Listed);

/**
 * Addresses of an island's scripts, its own first.
 * @param source where its `<name>.island.ts` lies, from the project's folder
 */
export function scriptsOf(source: string): string[] {
	if (dev) return [`/${source}`];
	const name = source.slice(source.lastIndexOf('/') + 1, -'.island.ts'.length);
	const files = listed().scripts[name] ?? [];
	if (files.length === 0) throw new Error(`no script was built for ${source}`);
	return files.map((file) => `/${file}`);
}

const NAME = /\/assets\/([^"/]+)\.[\w-]+\.css/;
const STYLESHEET = /<link href="[^"]+\.css" rel="stylesheet">/g;

/** Whether a style sheet belongs to what the living part fetches later, if at all. */
const isForLater = (address: string): boolean =>
	listed().later.includes(NAME.exec(address)?.[1] ?? '');

/** What a page tells the browser to fetch before it has read it: scripts, and styles it needs. */
export const isWantedEarly = ({ type, path }: { type: string; path: string }): boolean =>
	type === 'js' || (type === 'css' && (dev || !isForLater(path)));

/**
 * A page with a living part without the styles of what that may fetch later: SvelteKit names them
 * all, and a piece brings its own when it comes. Other pages are answered as they are.
 */
export const withoutLaterStyles = (html: string): string =>
	dev || !html.includes('/_app/immutable/islands/')
		? html
		: html.replace(STYLESHEET, (link) => (isForLater(link) ? '' : link));
