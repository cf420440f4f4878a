/** Which scripts bring a page's living part to life (see `.config/islands.ts`). */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { dev } from '$app/environment';

let listed: Promise<Record<string, string[]>> | undefined;

const readList = async (): Promise<Record<string, string[]>> =>
	JSON.parse(
		await readFile(resolve(process.env.BUILD_FOLDER ?? 'build', 'client/_app/islands.json'), 'utf8')
	) as Record<string, string[]>;

/**
 * Addresses of an island's scripts, its own first.
 * @param source where its `<name>.island.ts` lies, from the project's folder
 */
export async function scriptsOf(source: string): Promise<string[]> {
	if (dev) return [`/${source}`];
	const name = source.slice(source.lastIndexOf('/') + 1, -'.island.ts'.length);
	const files = (await (listed ??= readList()))[name] ?? [];
	if (files.length === 0) throw new Error(`no script was built for ${source}`);
	return files.map((file) => `/${file}`);
}
