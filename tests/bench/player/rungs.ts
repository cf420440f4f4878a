/**
 * A clip in several rungs, as the product prepares them: one file of byte ranges each, cut at the
 * same keyframes, the bits a second of a lively picture. Its frames carry their number like `clip`'s.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FPS, numbered, run } from './clips.ts';
import {
	masterPlaylist,
	parseMediaPlaylist,
	bandwidthOf
} from '#lib/server/transcoding/ffmpeg/playlists.ts';

type Size = { shortSide: number; bitsPerSecond: number };

/** The product's ladders (src/lib/server/transcoding/plan.ts), at about 70 % of what they allow. */
export const LADDERS: Record<'main' | 'sign', Size[]> = {
	main: [
		{ shortSide: 720, bitsPerSecond: 1_700_000 },
		{ shortSide: 480, bitsPerSecond: 850_000 },
		{ shortSide: 360, bitsPerSecond: 480_000 }
	],
	sign: [
		{ shortSide: 720, bitsPerSecond: 2_200_000 },
		{ shortSide: 480, bitsPerSecond: 1_200_000 },
		{ shortSide: 360, bitsPerSecond: 700_000 }
	]
};

/** Makes it in `<folder>/<name>/` unless it is there. Answers its playlist's path below `folder`. */
export async function rungs(
	folder: string,
	name: string,
	colour: string,
	seconds: number,
	sizes: Size[]
): Promise<string> {
	const target = join(folder, name);
	if (existsSync(join(target, 'master.m3u8'))) return `${name}/master.m3u8`;
	const draft = `${target}.draft`;
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { recursive: true });
	for (const size of sizes) await encode(draft, name, colour, seconds, size);
	const prepared = await Promise.all(
		sizes.map(async ({ shortSide }) => {
			const playlist = `${shortSide}.m3u8`;
			const parsed = parseMediaPlaylist(await readFile(join(draft, playlist), 'utf8'));
			return {
				...{ name: String(shortSide), width: widthOf(shortSide), height: shortSide, playlist },
				...{ media: `${shortSide}.mp4`, codecs: 'avc1.42c01f', ...bandwidthOf(parsed) }
			};
		})
	);
	await writeFile(join(draft, 'master.m3u8'), masterPlaylist(prepared));
	await rename(draft, target);
	return `${name}/master.m3u8`;
}

const widthOf = (shortSide: number): number => Math.round((shortSide * 16) / 18) * 2;

/** Noise takes all the bits it is given, as a picture full of flour does. */
async function encode(
	draft: string,
	name: string,
	colour: string,
	seconds: number,
	{ shortSide, bitsPerSecond }: Size
): Promise<void> {
	const kilobits = (share: number): string => `${Math.round((bitsPerSecond * share) / 1000)}k`;
	await run('ffmpeg', [
		...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi'],
		...['-i', `color=c=${colour}:s=640x360:r=${FPS}:d=${seconds}`],
		...['-vf', `noise=alls=24:allf=t,${numbered(name)},scale=${widthOf(shortSide)}:${shortSide}`],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'fastdecode', '-bf', '0'],
		...['-profile:v', 'baseline', '-pix_fmt', 'yuv420p'],
		...['-g', String(2 * FPS), '-keyint_min', String(2 * FPS), '-sc_threshold', '0'],
		...['-b:v', kilobits(1), '-maxrate', kilobits(1.1), '-bufsize', kilobits(1)],
		...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_flags', 'single_file'],
		...['-hls_segment_type', 'fmp4', '-hls_segment_filename', join(draft, `${shortSide}.mp4`)],
		join(draft, `${shortSide}.m3u8`)
	]);
}
