import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Storage } from '../../storage/storage.ts';
import { ENCODING_MEMORY_BYTES, STILLS_TIMEOUT_MS } from '../limits.ts';
import { runConfined } from './confined.ts';
import { adoptAll, type Ladder, type Stills } from './manifest.ts';
import { parseMediaPlaylist } from './playlists.ts';
import {
	POSTER_FILE,
	POSTER_WIDTH_MAX,
	posterArguments,
	sheetFor,
	SPRITE_FILE,
	spriteArguments,
	THUMBNAILS_FILE,
	thumbnailsOf
} from './stills.ts';

/** Films often begin black: the poster is taken a little later. */
const POSTER_AT_SHARE = 0.1;

type Work = {
	storage: Storage;
	ladder: Ladder;
	target: string;
	folder: string;
	signal: AbortSignal | undefined;
};

/** Makes poster, sprite sheet and thumbnails from the stored rungs, and stores them. */
export async function makeStills(work: Work): Promise<Stills> {
	const { storage, ladder, target, folder } = work;
	await makePoster(work);

	const smallest = ladder.rungs.at(-1);
	if (!smallest) throw new Error('a ladder without rungs');
	const sheet = sheetFor(ladder.durationMs, smallest.width, smallest.height);
	const copy = await storage.localCopy(`${target}/${smallest.media}`);
	try {
		await run(spriteArguments(copy.path, sheet), work);
	} finally {
		await copy.release();
	}
	await writeFile(join(folder, THUMBNAILS_FILE), thumbnailsOf(sheet, ladder.durationMs));

	const names = [POSTER_FILE, SPRITE_FILE, THUMBNAILS_FILE];
	const files = await adoptAll(storage, target, folder, names);
	return { poster: POSTER_FILE, thumbnails: THUMBNAILS_FILE, files };
}

/** One segment is fetched, not the whole rung: it may be gigabytes. */
async function makePoster(work: Work): Promise<void> {
	const { storage, ladder, target, folder } = work;
	const rung = ladder.rungs.find(({ width }) => width <= POSTER_WIDTH_MAX) ?? ladder.rungs.at(-1);
	if (!rung) throw new Error('a ladder without rungs');
	const playlist = parseMediaPlaylist(await text(await storage.read(`${target}/${rung.playlist}`)));
	const { length } = playlist.segments;
	const index = Math.min(length - 1, Math.max(1, Math.floor(length * POSTER_AT_SHARE)));
	const segment = playlist.segments[index];
	if (!segment) throw new Error('a rung without segments');
	const path = join(folder, 'poster-source.mp4');
	for (const [range, flags] of [
		[playlist.header, 'w'],
		[segment, 'a']
	] as const) {
		const { start, end } = range;
		const bytes = await storage.read(`${target}/${rung.media}`, { start, end });
		await pipeline(bytes, createWriteStream(path, { flags }));
	}
	await run(posterArguments(path), work);
}

async function run(args: string[], { folder, signal }: Work): Promise<void> {
	const { isSuccess, said } = await runConfined('ffmpeg', args, {
		cwd: folder,
		signal,
		timeoutMs: STILLS_TIMEOUT_MS,
		memoryBytes: ENCODING_MEMORY_BYTES,
		onLine: () => false
	});
	if (!isSuccess) throw new Error(`stills failed: ${said.slice(-1000)}`);
}
