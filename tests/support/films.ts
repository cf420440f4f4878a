/** Real video files as phones make them, made once a run by ffmpeg. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = resolve('test-results', 'films');

/** Counts seconds and frames in the picture, so that one can see where it stands. */
const picture = (seconds: number, size: string, rate = 30): string[] => [
	'-f',
	'lavfi',
	'-i',
	`testsrc2=duration=${seconds}:size=${size}:rate=${rate}`
];
const tone = (seconds: number): string[] => [
	'-f',
	'lavfi',
	'-i',
	`sine=frequency=440:duration=${seconds}`
];

async function make(name: string, ...args: string[]): Promise<string> {
	const file = join(folder, name);
	if (existsSync(file)) return file;
	await mkdir(folder, { recursive: true });
	// Made beside its name: two test files may want it at once.
	const draft = join(folder, `${process.pid}-${name}`);
	await run(process.env.FFMPEG ?? 'ffmpeg', ['-v', 'error', '-y', ...args, draft]);
	await rename(draft, file);
	return file;
}

/** A demonstration with sound, H.264 in MP4. */
export const demonstration = (seconds = 12) =>
	make(
		`demonstration-${seconds}.mp4`,
		...picture(seconds, '640x360'),
		...tone(seconds),
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
	);

/** A sign track as an iPhone films it: HEVC in MOV, stored lying, turned upright by its matrix. */
export const rotatedHevc = async (seconds = 12) => {
	const lying = await make(
		`lying-${seconds}.mov`,
		...picture(seconds, '480x360'),
		...[
			'-c:v',
			'libx265',
			'-preset',
			'ultrafast',
			'-tag:v',
			'hvc1',
			'-x265-params',
			'log-level=error'
		]
	);
	return make(
		`rotated-hevc-${seconds}.mov`,
		...['-i', lying, '-c', 'copy', '-metadata:s:v', 'rotate=90']
	);
};

/** Variable frame rate, as phones film in poor light: frames dropped at random from 30. */
export const variableFrameRate = (seconds = 12) =>
	make(
		`variable-${seconds}.mp4`,
		...picture(seconds, '640x360'),
		...['-vf', "select='not(eq(mod(n,11),3))*not(eq(mod(n,13),5))'", '-vsync', 'vfr'],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
	);

/** A WebM as a browser's recorder makes it. */
export const webm = (seconds = 6) =>
	make(
		`recording-${seconds}.webm`,
		...picture(seconds, '480x360'),
		...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '400k']
	);

/** Large enough that its upload can be cut off on the way. */
export const large = (seconds = 20) =>
	make(
		`large-${seconds}.mp4`,
		...picture(seconds, '1280x720'),
		...['-vf', 'noise=alls=40:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast'],
		...['-b:v', '12M', '-pix_fmt', 'yuv420p']
	);
