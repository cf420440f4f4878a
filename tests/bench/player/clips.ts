/**
 * The clips of the drift bench: 30 fps HLS whose every frame says its own number twice, once as
 * twelve black or white blocks for the machine and once in digits for the eye.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const FPS = 30;
/** Twelve blocks count to 4095, which is more than two minutes. */
export const BITS = 12;
export const BLOCK = { width: 40, height: 60, left: 80, top: 20 };
/** Every segment holds 2 s, as the product's own do. */
export const SEGMENT_MS = 2000;

export const run = promisify(execFile);

const blocks = Array.from({ length: BITS }, (_, bit) => {
	const x = BLOCK.left + bit * BLOCK.width;
	const isWhite = `mod(floor(n/${2 ** bit})\\,2)`;
	return `drawbox=x=${x}:y=${BLOCK.top}:w=${BLOCK.width}:h=${BLOCK.height}:color=white:t=fill:enable='${isWhite}'`;
}).join(',');

/** The filters that write a frame's number into a picture of 640 × 360. */
export const numbered = (name: string): string => {
	const digits = `drawtext=text='${name} %{n}':x=80:y=120:fontsize=64:fontcolor=white`;
	const band = 'drawbox=x=60:y=10:w=520:h=80:color=black:t=fill';
	return `${band},${blocks},${digits}`;
};

/**
 * Makes one clip as HLS (fMP4, no B-frames, a keyframe every 2 s) in `<folder>/<name>/`, unless it
 * is there already. Answers its playlist's path below `folder`.
 */
export async function clip(
	folder: string,
	name: string,
	colour: string,
	seconds: number,
	hasSound = false
): Promise<string> {
	const target = join(folder, name);
	if (!existsSync(join(target, 'master.m3u8'))) {
		const draft = `${target}.draft`;
		await rm(draft, { recursive: true, force: true });
		await mkdir(draft, { recursive: true });
		const picture = `color=c=${colour}:s=640x360:r=${FPS}:d=${seconds}`;
		const sound = ['-f', 'lavfi', '-i', `sine=f=330:r=48000:d=${seconds}`, '-c:a', 'aac'];
		await run('ffmpeg', [
			...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', picture],
			...(hasSound ? sound : []),
			...['-vf', `${numbered(name)},format=yuv420p`],
			...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'fastdecode', '-bf', '0'],
			...['-g', String(2 * FPS), '-keyint_min', String(2 * FPS), '-sc_threshold', '0'],
			...['-b:v', '500k', '-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod'],
			...['-hls_segment_type', 'fmp4', '-hls_segment_filename', join(draft, '%03d.m4s')],
			...['-master_pl_name', 'master.m3u8', join(draft, 'index.m3u8')]
		]);
		await rename(draft, target);
	}
	return `${name}/master.m3u8`;
}

/** The lesson's sound as a file of its own, `<folder>/sound.m4a`. */
export async function soundFile(folder: string, seconds: number): Promise<void> {
	const tone = `sine=f=330:r=48000:d=${seconds}`;
	await run('ffmpeg', [
		...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', tone],
		...['-c:a', 'aac', '-movflags', '+faststart', join(folder, 'sound.m4a')]
	]);
}
