/**
 * `npm run demo:film [name…]`: draws every frame at its own time, in no hurry, and gives it to
 * ffmpeg. The same code gives the same films on every machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { type FilmName, films } from './films.ts';
import { synthesize } from './sound.ts';
import { openStudio, type Studio } from './studio.ts';
import { framesPerSecond } from './timeline.ts';

const shelf = fileURLToPath(new URL('..', import.meta.url));

// Flat colours: tune=animation with a long search halves the size; 4:2:0 and faststart for browsers.
const pictureArguments = [
	...['-c:v', 'libx264', '-preset', 'veryslow', '-tune', 'animation', '-crf', '27'],
	...['-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_primaries', 'bt709'],
	...['-color_trc', 'bt709', '-color_range', 'tv', '-movflags', '+faststart']
];

async function shoot(studio: Studio, name: Exclude<FilmName, 'cover'>): Promise<void> {
	const film = films[name];
	const folder = await mkdtemp(join(tmpdir(), 'film-'));
	const soundArguments: string[] = [];
	if (name === 'demonstration') {
		const sound = join(folder, 'sound.wav');
		await writeFile(sound, synthesize());
		soundArguments.push('-i', sound, '-c:a', 'aac', '-b:a', '64k', '-shortest');
	}
	const out = join(shelf, `${name}.mp4`);
	const input = ['-f', 'image2pipe', '-c:v', 'mjpeg', '-framerate', String(framesPerSecond)];
	const colours = ['-vf', 'scale=in_range=full:out_range=tv:out_color_matrix=bt709'];
	const ffmpeg = spawn(
		process.env.FFMPEG ?? 'ffmpeg',
		[
			'-v',
			'error',
			'-y',
			...input,
			'-i',
			'-',
			...soundArguments,
			...colours,
			...pictureArguments,
			out
		],
		{ stdio: ['pipe', 'inherit', 'inherit'] }
	);
	const ended = once(ffmpeg, 'close');
	const frames = film.seconds * framesPerSecond;
	for (let frame = 0; frame < frames; frame++) {
		const picture = await studio.frame(name, frame / framesPerSecond, 'image/jpeg');
		if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, 'drain');
		if (frame % 150 === 0) console.log(`${name}: ${frame} / ${frames}`);
	}
	ffmpeg.stdin.end();
	const [code] = await ended;
	await rm(folder, { recursive: true });
	if (code !== 0) throw new Error(`ffmpeg ended with ${code} while writing ${out}`);
	console.log(`${out}: ${Math.round((await stat(out)).size / 1024)} KiB`);
}

async function photograph(studio: Studio): Promise<void> {
	const picture = await studio.frame('cover', 0, 'image/png');
	const out = join(shelf, 'cover.webp');
	const { size } = await sharp(picture).webp({ quality: 84 }).toFile(out);
	console.log(`${out}: ${Math.round(size / 1024)} KiB`);
}

const wanted = process.argv.slice(2);
const studio = await openStudio();
try {
	for (const name of Object.keys(films) as FilmName[]) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		if (name === 'cover') await photograph(studio);
		else await shoot(studio, name);
	}
} finally {
	await studio.close();
}
