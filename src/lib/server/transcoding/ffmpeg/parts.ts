/**
 * What runs of ffmpeg have left in a work folder: each a folder `from-<n>`, named by the segment it
 * began with. The first one's is 0; a later one goes on where all rungs of those before it are
 * finished. Nothing but the disk says how far they are, so that a kill at any moment loses no more
 * than the segments under way.
 */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAME_RATE, FRAMES_PER_KEYFRAME } from '../plan.ts';
import type { Rung } from '../transcoder.ts';
import { mediaFile, playlistFile } from './ladder.ts';
import { type MediaPlaylist, parseMediaPlaylist } from './playlists.ts';

/** Segments `from` to `to` (not included) were made in `folder`. */
export type Part = { folder: string; from: number; to: number };
type Named = Pick<Rung, 'name'>;

const SEGMENT_MS = (FRAMES_PER_KEYFRAME * 1000) / FRAME_RATE;
const ENCODED = 'encoded';

export const partFolder = (folder: string, from: number): string => join(folder, `from-${from}`);

/** How far all rungs are. What is beyond, or does not follow on, is removed. */
export async function keptParts(folder: string, rungs: readonly Named[]): Promise<Part[]> {
	const parts: Part[] = [];
	for (const from of await begun(folder)) {
		const part = partFolder(folder, from);
		const at = parts.at(-1)?.to ?? 0;
		const counts = await Promise.all(rungs.map((rung) => wholeSegments(part, rung)));
		const count = from === at ? Math.min(...counts) : 0;
		if (count > 0) parts.push({ folder: part, from, to: from + count });
		else await rm(part, { recursive: true });
	}
	return parts;
}

/**
 * All that was made so far, for each run but the last as far as the next one begins. Unlike
 * `keptParts` it only looks: ffmpeg may be at work.
 */
export async function allParts(folder: string): Promise<Part[]> {
	const starts = await begun(folder);
	return starts.map((from, index) => ({
		folder: partFolder(folder, from),
		from,
		to: starts[index + 1] ?? Infinity
	}));
}

/** Where runs began, in order. */
async function begun(folder: string): Promise<number[]> {
	const names = await readdir(folder).catch(() => []);
	return names
		.flatMap((name) => /^from-(\d+)$/.exec(name)?.[1] ?? [])
		.map(Number)
		.toSorted((a, b) => a - b);
}

/** What a run says of a rung; undefined while none of it is finished. */
export async function playlistOf(part: string, rung: Named): Promise<MediaPlaylist | undefined> {
	const text = await readFile(join(part, playlistFile(rung)), 'utf8').catch(() => '');
	return text.includes('#EXT-X-BYTERANGE') ? parseMediaPlaylist(text) : undefined;
}

/** Where a run's media of a rung lies: ffmpeg renames it at its end. */
export async function mediaOf(part: string, rung: Named): Promise<string> {
	const path = join(part, mediaFile(rung));
	const isEnded = await stat(path).then(
		() => true,
		() => false
	);
	return isEnded ? path : `${path}.tmp`;
}

/**
 * Segments of full length that are on the disk. One that comes last of all may be full by chance:
 * it is made again, as nothing would come after it.
 */
async function wholeSegments(part: string, rung: Named): Promise<number> {
	const text = await readFile(join(part, playlistFile(rung)), 'utf8').catch(() => '');
	if (!text.includes('#EXT-X-BYTERANGE')) return 0;
	const { segments } = parseMediaPlaylist(text);
	const found = await stat(await mediaOf(part, rung)).catch(() => undefined);
	const size = found?.size ?? 0;
	const isWhole = ({ durationMs, end }: (typeof segments)[number]): boolean =>
		Math.abs(durationMs - SEGMENT_MS) < 0.5 && end < size;
	const broken = segments.findIndex((segment) => !isWhole(segment));
	const last = text.includes('#EXT-X-ENDLIST') ? segments.length - 1 : segments.length;
	return broken < 0 ? last : Math.min(broken, last);
}

/** ffmpeg has ended well: nothing is left to be encoded. */
export const markEncoded = (folder: string): Promise<void> => writeFile(join(folder, ENCODED), '');
export const isEncoded = (folder: string): Promise<boolean> =>
	stat(join(folder, ENCODED)).then(
		() => true,
		() => false
	);
