/** A rung whose parts were made by several runs, as the one file that it becomes. */
import { createReadStream, createWriteStream } from 'node:fs';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteRange } from '../../storage/storage.ts';
import type { Rung } from '../transcoder.ts';
import { mediaFile, playlistFile } from './ladder.ts';
import { mediaOf, type Part, playlistOf } from './parts.ts';
import { mediaPlaylist, type MediaPlaylist, type Segment } from './playlists.ts';

/** Bytes of a file and where they stand in the whole. */
type Piece = ByteRange & { path: string; at: number };
export type Joined = { playlist: MediaPlaylist; pieces: Piece[]; sizeBytes: number };

/**
 * Lays the parts of a rung one after the other, behind the header of the first. Their segments say
 * their time in the film themselves; bytes need only be put together. Undefined when there are none.
 */
export async function joined(
	parts: readonly Part[],
	rung: Pick<Rung, 'name'>
): Promise<Joined | undefined> {
	let header: ByteRange | undefined;
	const [segments, pieces]: [Segment[], Piece[]] = [[], []];
	let at = 0;
	for (const part of parts) {
		const made = await playlistOf(part.folder, rung);
		const taken = made?.segments.slice(0, part.to - part.from) ?? [];
		const [first, last] = [taken[0], taken.at(-1)];
		if (!made || !first || !last) continue;
		const start = header ? first.start : made.header.start;
		header ??= made.header;
		const moved = at - start;
		for (const { start, end, durationMs } of taken)
			segments.push({ start: start + moved, end: end + moved, durationMs });
		pieces.push({ path: await mediaOf(part.folder, rung), start, end: last.end, at });
		at += last.end + 1 - start;
	}
	return header && { playlist: { header, segments }, pieces, sizeBytes: at };
}

/** Bytes of the whole, both ends included, wherever they lie. */
export function readJoined({ pieces }: Joined, { start, end }: ByteRange): Readable {
	async function* bytes() {
		for (const piece of pieces) {
			const from = Math.max(piece.start, piece.start + start - piece.at);
			const to = Math.min(piece.end, piece.start + end - piece.at);
			if (from <= to) yield* createReadStream(piece.path, { start: from, end: to });
		}
	}
	return Readable.from(bytes(), { objectMode: false });
}

/** Makes the rung's one file and its playlist in `folder`, and answers the playlist. */
export async function writeJoined(
	folder: string,
	parts: readonly Part[],
	rung: Pick<Rung, 'name'>
): Promise<MediaPlaylist> {
	const whole = await joined(parts, rung);
	if (!whole) throw new Error(`nothing was made of rung ${rung.name}`);
	const { playlist, pieces, sizeBytes } = whole;
	const path = join(folder, mediaFile(rung));
	await rm(path, { force: true });
	const [only] = pieces;
	// One run made all of it: another name is enough, and the run's own is there after a crash too.
	const isNamed = pieces.length === 1 && only && (await isLinked(only.path, path));
	if (!isNamed)
		await pipeline(readJoined(whole, { start: 0, end: sizeBytes - 1 }), createWriteStream(path));
	await writeFile(join(folder, playlistFile(rung)), mediaPlaylist(mediaFile(rung), playlist));
	return playlist;
}

const isLinked = (from: string, to: string): Promise<boolean> =>
	link(from, to).then(
		() => true,
		() => false // a file system without links
	);
