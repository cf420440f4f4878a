/** A camera for Chromium that shows what a test can know again: every frame one grey. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve('test-results', 'films');
/** Greys repeat after so many frames. */
export const GREYS = 25;
export const greyOf = (frame: number): number => (frame % GREYS) * 8 + 24;

/** A film that Chromium plays over and over as its camera; made before it starts. */
function film(name: string, source: string): string {
	const file = join(folder, `${name}.mjpeg`);
	if (existsSync(file)) return file;
	mkdirSync(folder, { recursive: true });
	const draft = join(folder, `${process.pid}-${name}.mjpeg`);
	execFileSync(process.env.FFMPEG ?? 'ffmpeg', [
		...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', source],
		...['-vf', 'scale=640:480:flags=neighbor', '-pix_fmt', 'yuvj420p', '-q:v', '3', draft]
	]);
	renameSync(draft, file);
	return file;
}

const greys = (): string =>
	film('camera', `color=black:s=32x24:r=30:d=10,format=gray,geq=lum='mod(N,${GREYS})*8+24'`);

/** A light hand that goes in circles about the middle, so wide in shares of the picture's width. */
export function handFilm(wide: number): string {
	const [x, y] = [`(28+${Math.round(wide * 64)}*sin(4*T))`, '(20+12*cos(4*T))'];
	const isHand = `between(X,${x},${x}+8)*between(Y,${y},${y}+8)`;
	const luma = `if(${isHand},200,80+4*mod(X+Y,2))`;
	return film(`hand-${wide}`, `color=black:s=64x48:r=30:d=6.28,format=gray,geq=lum='${luma}'`);
}

/** What Chromium is started with, so that it films without asking anybody. */
export const cameraArguments = (file = greys()): string[] => [
	'--use-fake-device-for-media-stream',
	'--use-fake-ui-for-media-stream',
	`--use-file-for-fake-video-capture=${file}`
];
