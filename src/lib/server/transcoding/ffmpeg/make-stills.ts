import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { DiskFull } from '../../disk-full.ts';
import type { Storage } from '../../storage/storage.ts';
import { ENCODING_MEMORY_BYTES, STILLS_TIMEOUT_MS } from '../limits.ts';
import { FRAME_RATE, FRAMES_PER_KEYFRAME } from '../plan.ts';
import type { PreparedRung } from '../transcoder.ts';
import { runConfined } from './confined.ts';
import { failureOf } from './encode.ts';
import { adoptAll, type Ladder, type Stills } from './manifest.ts';
import { type MediaPlaylist, parseMediaPlaylist } from './playlists.ts';
import {
	POSTER_FILE,
	POSTER_WIDTH_MAX,
	posterArguments,
	sheetFor,
	SPRITE_FILE,
	spriteArguments,
	STILL_FILE,
	STILL_WIDTH,
	stillArguments,
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

/** A little later than its beginning. */
async function makePoster(work: Work): Promise<void> {
	const { ladder } = work;
	const rung = ladder.rungs.find(({ width }) => width <= POSTER_WIDTH_MAX) ?? ladder.rungs.at(-1);
	if (!rung) throw new Error('a ladder without rungs');
	const playlist = await playlistOf(work, rung);
	const { length } = playlist.segments;
	const index = Math.min(length - 1, Math.max(1, Math.floor(length * POSTER_AT_SHARE)));
	await run(posterArguments(await oneSegment(work, rung, playlist, index)), work);
}

type Moment = Omit<Work, 'ladder'> & { film: Ladder; atMs: number; key: string };

/** Frames: a moment in whole milliseconds may lie half of one before the frame it was read from. */
const ROUNDED_OFF = 0.02;

/** Stores the frame shown at a moment as a small WebP. */
export async function takeStill(work: Moment): Promise<void> {
	const { storage, film, folder, key } = work;
	const rung = film.rungs.findLast(({ width }) => width >= STILL_WIDTH) ?? film.rungs[0];
	if (!rung) throw new Error('a film without rungs');
	const playlist = await playlistOf(work, rung);
	const all = Math.round((film.durationMs * FRAME_RATE) / 1000);
	const frame = Math.min(all - 1, Math.floor((work.atMs * FRAME_RATE) / 1000 + ROUNDED_OFF));
	const index = Math.min(playlist.segments.length - 1, Math.floor(frame / FRAMES_PER_KEYFRAME));
	const path = await oneSegment(work, rung, playlist, index);
	await run(stillArguments(path, frame - index * FRAMES_PER_KEYFRAME), work);
	const picture = await sharp(join(folder, STILL_FILE))
		.resize({ width: STILL_WIDTH, withoutEnlargement: true })
		.webp({ quality: 72 })
		.toBuffer();
	await storage.put(key, picture);
}

type Found = Pick<Work, 'storage' | 'target' | 'folder'>;

const playlistOf = async ({ storage, target }: Found, rung: PreparedRung) =>
	parseMediaPlaylist(await text(await storage.read(`${target}/${rung.playlist}`)));

/** One segment is fetched, not the whole rung: it may be gigabytes. @returns the file's path */
async function oneSegment(
	{ storage, target, folder }: Found,
	rung: PreparedRung,
	playlist: MediaPlaylist,
	index: number
): Promise<string> {
	const segment = playlist.segments[index];
	if (!segment) throw new Error('a rung without segments');
	const path = join(folder, 'segment.mp4');
	for (const [range, flags] of [
		[playlist.header, 'w'],
		[segment, 'a']
	] as const) {
		const { start, end } = range;
		const bytes = await storage.read(`${target}/${rung.media}`, { start, end });
		await pipeline(bytes, createWriteStream(path, { flags }));
	}
	return path;
}

export async function run(
	args: string[],
	{ folder, signal }: Pick<Work, 'folder' | 'signal'>
): Promise<void> {
	const outcome = await runConfined('ffmpeg', args, {
		cwd: folder,
		signal,
		timeoutMs: STILLS_TIMEOUT_MS,
		memoryBytes: ENCODING_MEMORY_BYTES,
		onLine: () => false
	});
	if (outcome.isSuccess) return;
	const failure = failureOf(outcome);
	// The ladder was made of the same source: these are our own files.
	throw failure instanceof DiskFull ? failure : new Error(`stills failed: ${failure.message}`);
}
