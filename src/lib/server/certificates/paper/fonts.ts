/** The fonts that printed certificates carry within them: Chinese, and the letters it has none of. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openTypeOf } from './woff2.ts';

const require = createRequire(import.meta.url);
const fileOf = (name: string): Promise<Buffer> => readFile(require.resolve(name));
const LATIN = '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible';

export type FontName = 'han' | 'latin' | 'latin-ext';
export type Fonts = ReadonlyMap<FontName, Buffer>;

let loading: Promise<Fonts> | undefined;

/** Read and unpacked when the first certificate is printed: 6 MB that most days nobody needs. */
export const fonts = (): Promise<Fonts> =>
	(loading ??= load().catch((error: unknown) => {
		loading = undefined;
		throw error;
	}));

const load = async (): Promise<Fonts> =>
	new Map<FontName, Buffer>([
		['han', await openTypeOf(await fileOf('@librescore/fonts/SourceHanSansCN.min.woff2'))],
		['latin', await fileOf(`${LATIN}-latin-400-normal.woff`)],
		['latin-ext', await fileOf(`${LATIN}-latin-ext-400-normal.woff`)]
	]);
