import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { islands } from './.config/islands.ts';
import { refuseIncompleteWords } from './src/lib/words/complete.ts';

export default defineConfig({
	plugins: [
		refuseIncompleteWords(),
		paraglideVitePlugin({
			project: './src/lib/words/project.inlang',
			outdir: './src/lib/words/compiled',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			cookieName: 'language',
			// The person's own choice lasts a year; the cookie holds nothing but 'zh-CN' or 'en'.
			cookieMaxAge: 60 * 60 * 24 * 365,
			outputStructure: 'message-modules',
			emitGitIgnore: false,
			emitPrettierIgnore: false
		}),
		sveltekit(),
		islands()
	],
	build: {
		rolldownOptions: {
			output: {
				// Two dozen chunks of 1 KB cost a phone more than they save it: what every page needs
				// travels together.
				codeSplitting: {
					groups: [
						{
							name: 'base',
							test: /node_modules[\\/](svelte|@sveltejs|esm-env|clsx)[\\/]|words[\\/]compiled[\\/]runtime|src[\\/]lib[\\/]ui[\\/]/
						}
					]
				}
			}
		}
	},
	server: { host: '127.0.0.1' },
	test: {
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/journeys/**', 'tests/accessibility/**', 'node_modules/**'],
		globalSetup: ['tests/support/made-once.ts'],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		maxWorkers: 2
	}
});
