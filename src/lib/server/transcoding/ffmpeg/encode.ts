import { copyFile, link, mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskFull } from '../../disk-full.ts';
import type { LocalCopy, Storage } from '../../storage/storage.ts';
import {
	DROPPING_TIMEOUT_FACTOR,
	ENCODING_MEMORY_BYTES,
	ENCODING_STALL_MS,
	ENCODING_TIMEOUT_FACTOR,
	ENCODING_TIMEOUT_MIN_MS,
	OUTPUT_BYTES_MAX,
	SHORTFALL_MAX_MS,
	SHORTFALL_MAX_SHARE
} from '../limits.ts';
import { FRAME_RATE, FRAMES_PER_KEYFRAME, SEGMENT_SECONDS } from '../plan.ts';
import type { PreparedRung, Rung } from '../transcoder.ts';
import { Unusable } from '../unusable.ts';
import { runConfined, TookTooLong, type Outcome } from './confined.ts';
import { writeJoined } from './joined.ts';
import { mediaFile, playlistFile, SOUND_FILE } from './ladder.ts';
import { adoptAll, type Ladder } from './manifest.ts';
import {
	allParts,
	isEncoded,
	keptParts,
	markEncoded,
	mediaOf,
	type Part,
	partFolder,
	playlistOf
} from './parts.ts';
import { bandwidthOf, codecsOf, durationOf, masterPlaylist } from './playlists.ts';
import type { MediaPlaylist } from './playlists.ts';
import { encodedMsOf } from './progress.ts';

const MASTER_FILE = 'master.m3u8';

/** What is to be made, of what, and how ffmpeg is told to. */
export type Film = Pick<Ladder, 'kind' | 'durationMs'> & {
	sources: string[];
	rungs: Rung[];
	hasSound: boolean;
	/** @param fromFrame what comes before it is there already */
	argumentsFor(paths: string[], fromFrame: number): string[];
};

type Work = {
	storage: Storage;
	film: Film;
	target: string;
	/** For unfinished files; what an earlier try of the same work has left in it is gone on with. */
	folder: string;
	moved: (share: number) => void;
	signal: AbortSignal | undefined;
};

/** Makes all rungs, the sound and the master playlist, checks them and stores them. */
export async function encodeLadder(work: Work): Promise<Ladder> {
	const { storage, film, folder } = work;
	if (!(await isEncoded(folder))) await encodeRest(work);
	const playlists: MediaPlaylist[] = [];
	const parts = await allParts(folder);
	for (const rung of film.rungs) playlists.push(await writeJoined(folder, parts, rung));
	const durationMs = sharedDuration(playlists, film.durationMs);
	const rungs = await Promise.all(
		film.rungs.map((rung, index) => preparedRung(rung, playlists[index], folder))
	);
	await writeFile(join(folder, MASTER_FILE), masterPlaylist(rungs));
	const { hasSound } = film;
	if (hasSound) await takeSound(folder, parts);
	const names = [
		MASTER_FILE,
		...rungs.flatMap((rung) => [rung.playlist, rung.media]),
		...(hasSound ? [SOUND_FILE] : [])
	];
	const [largest] = rungs;
	return {
		version: 1,
		kind: film.kind,
		durationMs,
		frameRate: FRAME_RATE,
		width: largest?.width ?? 0,
		height: largest?.height ?? 0,
		master: MASTER_FILE,
		sound: hasSound ? SOUND_FILE : null,
		rungs,
		files: await adoptAll(storage, work.target, folder, names)
	};
}

/** Encodes what an earlier try has not finished. */
async function encodeRest(work: Work): Promise<void> {
	const { storage, film, folder } = work;
	const from = (await keptParts(folder, film.rungs)).at(-1)?.to ?? 0;
	const part = partFolder(folder, from);
	await mkdir(part, { recursive: true });
	const copies: LocalCopy[] = [];
	try {
		for (const source of film.sources) copies.push(await storage.localCopy(source));
		const paths = copies.map(({ path }) => path);
		await encode(film.argumentsFor(paths, from * FRAMES_PER_KEYFRAME), part, from, work);
	} finally {
		for (const copy of copies) await copy.release();
	}
	await markEncoded(folder);
}

async function encode(
	args: string[],
	part: string,
	from: number,
	{ film, moved, signal }: Work
): Promise<void> {
	const keptMs = from * SEGMENT_SECONDS * 1000;
	try {
		let reachedMs = keptMs - 1;
		if (keptMs > 0) moved(keptMs / film.durationMs);
		const outcome = await runConfined('ffmpeg', args, {
			cwd: part,
			signal,
			timeoutMs: Math.max(ENCODING_TIMEOUT_MIN_MS, film.durationMs * ENCODING_TIMEOUT_FACTOR),
			// Nothing is told of the pictures that are decoded only to be dropped.
			stallMs: ENCODING_STALL_MS + keptMs * DROPPING_TIMEOUT_FACTOR,
			memoryBytes: ENCODING_MEMORY_BYTES,
			fileBytesMax: OUTPUT_BYTES_MAX,
			onLine: (line) => {
				const atMs = encodedMsOf(line);
				if (atMs === undefined || atMs <= reachedMs) return false;
				reachedMs = atMs;
				moved(atMs / film.durationMs);
				return true;
			}
		});
		if (!outcome.isSuccess) throw failureOf(outcome);
	} catch (error) {
		if (error instanceof TookTooLong) throw new Unusable('takesTooLong', error.message);
		throw error;
	}
	await assertWritten(part, film.rungs);
}

/**
 * On a full disk ffmpeg's HLS writer loses bytes, says nothing and ends well (5.1, measured): its
 * word counts only where the disk has what its playlists name.
 */
async function assertWritten(part: string, rungs: readonly Rung[]): Promise<void> {
	for (const rung of rungs) {
		const playlist = await playlistOf(part, rung);
		const size = (await stat(await mediaOf(part, rung)).catch(() => undefined))?.size ?? 0;
		const isWhole = playlist?.segments.every(({ end }) => end < size);
		if (!isWhole) throw new Error(`rung ${rung.name} is not all on the disk`);
	}
}

/** Every run makes the sound from its beginning; the last one has it whole. */
async function takeSound(folder: string, parts: readonly Part[]): Promise<void> {
	const from = join(parts.at(-1)?.folder ?? folder, SOUND_FILE);
	const to = join(folder, SOUND_FILE);
	await rm(to, { force: true });
	await link(from, to).catch(() => copyFile(from, to));
}

/** Whether the source is to blame, or the machine, on which trying again may help. */
export function failureOf({ said }: Outcome): Error {
	const isBroken = /Invalid data found|Error while decoding|corrupt|not on whitelist/i.test(said);
	const isForeign = /Decoder .*not found|Unknown decoder/i.test(said);
	if (isForeign) return new Unusable('unreadable', said.slice(-300));
	if (/No space left|Disk quota exceeded/i.test(said)) return new DiskFull(said.slice(-300));
	const isShort = /Cannot allocate|File too large/i.test(said);
	if (isBroken && !isShort) return new Unusable('damaged', said.slice(-300));
	return new Error(`ffmpeg failed: ${said.slice(-1000)}`);
}

/** All rungs are cut at the same frames and are as long as the source. Throws otherwise. */
function sharedDuration(playlists: MediaPlaylist[], askedMs: number): number {
	const cuts = playlists.map(({ segments }) => segments.map((each) => each.durationMs).join());
	if (new Set(cuts).size !== 1) throw new Error('the rungs are cut at different frames');
	const durationMs = playlists[0] ? durationOf(playlists[0]) : 0;
	const missingMs = askedMs - durationMs;
	if (missingMs > Math.max(SHORTFALL_MAX_MS, askedMs * SHORTFALL_MAX_SHARE)) {
		throw new Unusable('damaged', `${missingMs} of ${askedMs} ms are missing`);
	}
	return durationMs;
}

async function preparedRung(
	rung: Rung,
	playlist: MediaPlaylist | undefined,
	folder: string
): Promise<PreparedRung> {
	if (!playlist) throw new Error(`rung ${rung.name} has no playlist`);
	const handle = await open(join(folder, mediaFile(rung)), 'r');
	try {
		const header = Buffer.alloc(playlist.header.end + 1);
		await handle.read(header, 0, header.length, 0);
		return {
			name: rung.name,
			width: rung.width,
			height: rung.height,
			playlist: playlistFile(rung),
			media: mediaFile(rung),
			codecs: codecsOf(header),
			...bandwidthOf(playlist)
		};
	} finally {
		await handle.close();
	}
}
