/**
 * Pages that are plain HTML but for one living part (docs/decisions/0014): every `*.island.ts` below
 * `src/routes` becomes a script of its own, built apart from the site's, because what it shared with
 * every other page it would also load for them. `_app/islands.json` says which files each needs, and
 * the names of what is fetched later, if at all.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const FOLDER = '_app/immutable/islands';
const nameOf = (file: string): string => basename(file, '.island.ts');

export function islands(): Plugin {
	return {
		name: 'islands',
		apply: 'build',
		async writeBundle({ dir }) {
			if (this.environment.name !== 'client' || !dir) return;
			const files = globSync('src/routes/**/*.island.ts');
			const built = (await build({
				configFile: false,
				logLevel: 'warn',
				base: './',
				publicDir: false,
				plugins: [svelte()],
				build: {
					outDir: join(dir, FOLDER),
					target: 'baseline-widely-available',
					rolldownOptions: {
						input: Object.fromEntries(files.map((file) => [nameOf(file), file])),
						output: {
							entryFileNames: '[name]-[hash].js',
							chunkFileNames: '[name]-[hash].js',
							assetFileNames: '[name]-[hash][extname]'
						}
					}
				}
			})) as Rolldown.RolldownOutput;
			await writeFile(join(dir, '_app/islands.json'), JSON.stringify(listOf(built)));
		}
	};
}

/** Of each island its own script and what that cannot do without; and names of all other pieces. */
function listOf({ output }: Rolldown.RolldownOutput) {
	const chunks = output.filter((one) => one.type === 'chunk');
	const needs = (fileName: string, known = new Set<string>()): Set<string> => {
		if (known.has(fileName)) return known;
		known.add(fileName);
		for (const other of chunks.find((one) => one.fileName === fileName)?.imports ?? [])
			needs(other, known);
		return known;
	};
	const scripts = Object.fromEntries(
		chunks
			.filter(({ isEntry }) => isEntry)
			.map(({ name, fileName }) => [name, [...needs(fileName)].map((file) => `${FOLDER}/${file}`)])
	);
	const atOnce = new Set(Object.values(scripts).flat());
	const isLater = ({ fileName }: Rolldown.OutputChunk): boolean =>
		!atOnce.has(`${FOLDER}/${fileName}`);
	return { scripts, later: chunks.filter(isLater).map(({ name }) => name) };
}
