/** A camera for Chromium that shows what a test can know again: every frame one grey. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve('test-results', 'films');
/** Greys repeat after so many frames. */
export const GREYS = 25;
export const greyOf = (frame: number): number => (frame % GREYS) * 8 + 24;

/** A film of 10 s that Chromium plays over and over as its camera; made before it starts. */
export function cameraFilm(): string {
	const file = join(folder, 'camera.mjpeg');
	if (existsSync(file)) return file;
	mkdirSync(folder, { recursive: true });
	const draft = join(folder, `${process.pid}-camera.mjpeg`);
	const source = `color=black:s=32x24:r=30:d=10,format=gray,geq=lum='mod(N,${GREYS})*8+24'`;
	execFileSync(process.env.FFMPEG ?? 'ffmpeg', [
		...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', source],
		...['-vf', 'scale=640:480:flags=neighbor', '-pix_fmt', 'yuvj420p', '-q:v', '3', draft]
	]);
	renameSync(draft, file);
	return file;
}

/** What Chromium is started with, so that it films without asking anybody. */
export const cameraArguments = (): string[] => [
	'--use-fake-device-for-media-stream',
	'--use-fake-ui-for-media-stream',
	`--use-file-for-fake-video-capture=${cameraFilm()}`
];
