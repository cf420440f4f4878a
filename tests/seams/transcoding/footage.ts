import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Prepared, TrackKind, Transcoder } from '#lib/server/transcoding/transcoder.ts';

const execute = promisify(execFile);

/** A storage with a transcoder beside it, in a folder of its own. */
export type Studio = {
	folder: string;
	storage: Storage;
	transcoder: Transcoder;
	pathOf(key: string): string;
	/** Films a source with ffmpeg: the arguments before the file's name. */
	film(key: string, ...args: string[]): Promise<string>;
	prepare(source: string, kind: TrackKind, target: string): Promise<Prepared>;
	close(): Promise<void>;
};

export async function openStudio(): Promise<Studio> {
	const folder = await mkdtemp(join(tmpdir(), 'studio-'));
	const storage = diskStorage(join(folder, 'media'));
	const transcoder = ffmpegTranscoder({ storage, workFolder: join(folder, 'work') });
	await mkdir(join(folder, 'media'));
	return {
		folder,
		storage,
		transcoder,
		pathOf: (key) => join(folder, 'media', key),
		async film(key, ...args) {
			await execute('ffmpeg', [
				'-nostdin',
				'-v',
				'error',
				'-y',
				...args,
				join(folder, 'media', key)
			]);
			return key;
		},
		async prepare(source, kind, target) {
			const plan = planFor(await transcoder.probe(source), kind);
			return transcoder.prepare(source, plan, target, () => undefined);
		},
		close: () => rm(folder, { recursive: true })
	};
}

/** A moving test picture. */
export const picture = (size: string, seconds: number, rate: number | string = 30): string[] => [
	...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`]
];

/** Each frame is one grey, 8 brighter than the one before it, over and over every 25 frames. */
export const counted = (size: string, seconds: number, rate: number | string = 30): string[] => {
	const grey = `color=black:s=32x32:r=${rate}:d=${seconds},format=gray,geq=lum='mod(N,25)*8+24'`;
	return ['-f', 'lavfi', '-i', `${grey},scale=${size.replace('x', ':')}:flags=neighbor`];
};
/** So far a grey may be off after encoding, and still belong to no other frame. */
export const GREY_TOLERANCE = 3;
export const greyOf = (frame: number): number => (frame % 25) * 8 + 24;

/** A tone that begins `after` so many seconds of silence. */
export const toneAfter = (after: number, seconds: number): string[] => [
	...['-f', 'lavfi', '-i', `aevalsrc='0.7*sin(880*2*PI*t)*gte(t,${after})':s=48000:d=${seconds}`]
];

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

export async function ffprobeLines(path: string, ...args: string[]): Promise<string[]> {
	const { stdout } = await execute('ffprobe', ['-v', 'error', ...args, '-of', 'csv=p=0', path]);
	return stdout.split('\n').filter((line) => line !== '');
}

/** Every decoded frame's grey. */
export async function greysOf(path: string): Promise<number[]> {
	const args = ['-v', 'error', '-i', path, '-vf', 'scale=1:1:flags=area,format=gray'];
	const { stdout } = await execute('ffmpeg', [...args, '-f', 'rawvideo', 'pipe:1'], {
		encoding: 'buffer'
	});
	return [...stdout];
}

/** When the first loud sample sounds, in ms. */
export async function toneStartMs(path: string): Promise<number> {
	const args = ['-v', 'error', '-i', path, '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1'];
	const { stdout } = await execute('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 26 });
	const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1);
	return samples.findIndex((sample) => Math.abs(sample) > 3000) / 48;
}
