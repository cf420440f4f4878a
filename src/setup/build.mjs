/** The built server: made again only when its sources changed. */
import { join } from 'node:path';
import { findProgram, logFile, root, runLogged } from './run.mjs';
import { done, say, Stop } from './say.mjs';
import { hashOf, isStale, stamp } from './stamps.mjs';

const stampFile = join(root, 'build/.made-from');
const sources = [
	'.config/islands.ts',
	'src',
	'static',
	'package-lock.json',
	'package.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];
// The last four are written by the compiler of the words while it reads them.
const notSources = [
	'src/setup',
	'src/lib/words/compiled',
	...['cache', '.gitignore', '.meta.json', 'README.md'].map(
		(name) => `src/lib/words/project.inlang/${name}`
	)
];

const sourcesHash = () => hashOf(root, sources, notSources);

/**
 * Builds unless the build at hand is of these very sources.
 * @param {Pick<import('./prepare.mjs').Prepared, 'environment'>} prepared
 */
export async function buildIfNeeded({ environment }) {
	const hash = sourcesHash();
	if (!isStale(stampFile, hash)) return;
	say({
		zh: '正在生成网站。一般不到 1 分钟。',
		en: 'Building the site. Usually less than 1 minute.'
	});
	const npm = findProgram('npm', environment.PATH) ?? 'npm';
	for (const script of ['words', 'build']) {
		const { code, lastLines } = await runLogged(npm, ['run', '-s', script], environment);
		if (code !== 0) {
			throw new Stop(
				{
					zh: `网站没有生成。\n${lastLines}`,
					en: `The site could not be built (npm run ${script}).`
				},
				{ zh: `记录：${logFile}`, en: `Log: ${logFile}` }
			);
		}
	}
	stamp(stampFile, hash);
	done({ zh: '网站生成好了。', en: 'Built.' });
}

/** Notes that the build at hand is of the present sources; for whoever built it otherwise. */
export function noteBuild() {
	stamp(stampFile, sourcesHash());
}
