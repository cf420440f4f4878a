/**
 * Pages that are plain HTML but for one living part (docs/decisions/0014): every `*.island.ts` below
 * `src/routes` becomes a script of its own, and `_app/islands.json` says which files each needs, so
 * that a page can name them all at once and no phone fetches them one after the other.
 */
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

export function islands(): Plugin {
	const isClient = (context: Rolldown.PluginContext): boolean =>
		(context as { environment?: { name: string } }).environment?.name === 'client';
	return {
		name: 'islands',
		apply: 'build',
		buildStart() {
			if (!isClient(this)) return;
			for (const id of globSync('src/routes/**/*.island.ts'))
				this.emitFile({ type: 'chunk', id, name: basename(id, '.island.ts') });
		},
		generateBundle(_options, bundle) {
			if (!isClient(this)) return;
			const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
			const needs = (fileName: string, known = new Set<string>()): Set<string> => {
				if (known.has(fileName)) return known;
				known.add(fileName);
				const chunk = chunks.find((one) => one.fileName === fileName);
				for (const other of chunk?.imports ?? []) needs(other, known);
				return known;
			};
			const found = chunks.flatMap(({ facadeModuleId, fileName }) =>
				facadeModuleId?.endsWith('.island.ts')
					? [[basename(facadeModuleId, '.island.ts'), [...needs(fileName)]]]
					: []
			);
			this.emitFile({
				type: 'asset',
				fileName: '_app/islands.json',
				source: JSON.stringify(Object.fromEntries(found))
			});
		}
	};
}
