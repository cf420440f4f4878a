/** The bare page with the player and the clips it plays, made once a run. */
import { clip } from '../bench/player/clips.ts';
import { buildPage } from '../bench/player/build.ts';
import { LADDERS, rungs } from '../bench/player/rungs.ts';
import { serve, type MediaServer } from '../bench/player/server.ts';
import { madeOnce } from '../support/made-once.ts';
import { join } from 'node:path';

const COLOURS = { main: '0x7a4a20', sign: '0x204a7a', other: '0x5a204a' };

/** 20 s each; what the tests never change, so that they may share it. */
const clips = () =>
	madeOnce('player-clips', async (folder) => {
		for (const [name, colour] of Object.entries(COLOURS)) await clip(folder, name, colour, 20);
	});

const page = async () =>
	join(
		await madeOnce('player-page', (folder) => buildPage(join(folder, 'page/dist'))),
		'page/dist'
	);

/** The page beside the clips `main`, `sign` and `other`. */
export const serveBarePage = async (): Promise<MediaServer> => serve(await clips(), await page());

/** The page beside `main` and `sign` in several sizes, made in this folder. */
export async function serveRungs(folder: string, seconds: number): Promise<MediaServer> {
	await rungs(folder, 'main', COLOURS.main, seconds, LADDERS.main.slice(1));
	await rungs(folder, 'sign', COLOURS.sign, seconds, LADDERS.sign.slice(1));
	return serve(folder, await page());
}
