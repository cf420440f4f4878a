/** Builds the bare page with our player. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

export async function buildPage(outDir: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'error',
		root: join(here, 'page'),
		base: './',
		plugins: [
			paraglideVitePlugin({
				project: join(here, '../../../src/lib/words/project.inlang'),
				// A place of its own: the product's compiled words may be in use at this moment.
				outdir: join(outDir, '../words'),
				outputStructure: 'message-modules',
				strategy: ['baseLocale']
			}),
			svelte({ configFile: false })
		],
		resolve: {
			alias: [
				{
					find: '#lib/words/compiled',
					replacement: join(outDir, '../words')
				}
			]
		},
		build: { outDir, emptyOutDir: true, target: 'es2022' }
	});
}
