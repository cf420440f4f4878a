/** Recordings of every kind joined by the real ffmpeg: each frame where it is counted, nobody cut. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinPlan } from '#lib/server/transcoding/join-plan.ts';
import { Unusable } from '#lib/server/transcoding/unusable.ts';
import {
	counted,
	ffprobeLines,
	GREY_TOLERANCE,
	greysOf,
	h264,
	openStudio,
	type Studio
} from './footage.ts';

let studio: Studio;
const VP8 = [
	...['-pix_fmt', 'yuv420p'],
	'-c:v',
	'libvpx',
	'-deadline',
	'realtime',
	'-cpu-used',
	'8',
	'-crf',
	'4',
	'-b:v',
	'4M'
];
const VP9 = [
	'-pix_fmt',
	'yuv420p',
	'-c:v',
	'libvpx-vp9',
	'-deadline',
	'realtime',
	'-cpu-used',
	'8',
	'-b:v',
	'4M'
];
/** A white line around the picture: where it is missing, something was cut off. */
const FRAMED = ['-vf', 'drawbox=x=0:y=0:w=iw:h=ih:color=white:t=6'];

beforeAll(async () => {
	studio = await openStudio();
	await studio.film('wide.webm', ...counted('320x240', 2), ...VP8);
	await studio.film('tall.webm', ...counted('180x320', 2), ...FRAMED, ...VP9);
	await studio.film('slow.mp4', ...counted('320x240', 2, 15), ...h264);
});
afterAll(() => studio.close());

test('a recording whose camera stalled before its last picture is joined as long as it is said to be', async () => {
	// 1 s of pictures, then one more 2.5 s later.
	const gap = ['-vf', "select='lt(t,1)+gte(t,3.4)'", '-fps_mode', 'vfr'];
	await studio.film('stalled.webm', ...counted('320x240', 3.5), ...gap, ...VP8, '-live', '1');
	const { durationMs } = await studio.transcoder.probe('stalled.webm');
	const frames = Math.round((durationMs * 30) / 1000);
	const recorded = { source: 'stalled.webm', width: 320, height: 240, fromFrame: 0, frames };
	await studio.transcoder.join(joinPlan([recorded]), 'out/stalled');
	expect(await greysOf(studio.pathOf('out/stalled'))).toHaveLength(frames);
});

const wide = { source: 'wide.webm', width: 320, height: 240 };
const tall = { source: 'tall.webm', width: 180, height: 320 };
const slow = { source: 'slow.mp4', width: 320, height: 240 };
const framesOf = async (path: string) =>
	(await ffprobeLines(path, '-count_packets', '-show_entries', 'stream=nb_read_packets')).join();

test('frame by frame what was asked for, one after the other, at 30 a second and without sound', async () => {
	const plan = joinPlan([
		{ ...wide, fromFrame: 6, frames: 31 },
		{ ...slow, fromFrame: 0, frames: 40 },
		{ ...wide, fromFrame: 0, frames: 20 }
	]);
	await studio.transcoder.join(plan, 'out/joined');
	const path = studio.pathOf('out/joined');
	const greys = await greysOf(path);
	expect(greys).toHaveLength(91);
	const [wideGreys, slowGreys] = [
		await greysOf(studio.pathOf('wide.webm')),
		await greysOf(studio.pathOf('slow.mp4'))
	];
	const wanted = [
		...wideGreys.slice(6, 37),
		...Array.from({ length: 40 }, (_, frame) => slowGreys[Math.floor(frame / 2)]),
		...wideGreys.slice(0, 20)
	];
	// A frame more or less would show.
	expect(Math.abs((wanted[1] ?? 0) - (wanted[0] ?? 0))).toBeGreaterThan(GREY_TOLERANCE);
	const wrong = greys.filter((grey, frame) => {
		return Math.abs(grey - (wanted[frame] ?? NaN)) > GREY_TOLERANCE;
	});
	expect(wrong).toEqual([]);
	const stream = 'stream=codec_type,width,height,avg_frame_rate';
	expect(await ffprobeLines(path, '-show_entries', stream)).toEqual(['video,320,240,30/1']);
	expect((await studio.transcoder.probe('out/joined')).durationMs).toBe(3033);
});

test('who is filmed upright stands whole on a wide canvas', async () => {
	const plan = joinPlan([
		{ ...wide, fromFrame: 0, frames: 30 },
		{ ...tall, fromFrame: 0, frames: 15 }
	]);
	expect(plan).toMatchObject({ width: 320, height: 240 });
	const place = plan.pieces[1]?.place ?? { x: 0, y: 0, width: 0, height: 0 };
	expect(place.width / place.height).toBeCloseTo(180 / 320, 1);
	expect(place.height).toBe(240);
	expect(Math.abs(place.x + place.width / 2 - 160)).toBeLessThan(2);
	await studio.transcoder.join(plan, 'out/upright');
	const edge = await studio.film(
		'edge.mp4',
		...['-i', studio.pathOf('out/upright'), '-vf'],
		...[`trim=start_frame=35,crop=3:100:${place.x + 1}:70,scale=64:64`, ...h264]
	);
	// Bright all along its left edge: nothing of it was cut.
	for (const grey of await greysOf(studio.pathOf(edge))) expect(grey).toBeGreaterThan(180);
});

test('recordings of one shape are not shrunk for one of another, and stay within what is encoded', () => {
	const huge = { source: 'a', width: 3840, height: 2160, fromFrame: 0, frames: 30 };
	expect(joinPlan([huge])).toMatchObject({ width: 1920, height: 1080 });
	expect(joinPlan([{ ...huge, width: 2160, height: 3840 }])).toMatchObject({
		width: 1080,
		height: 1920
	});
	const square = { source: 'b', width: 720, height: 720, fromFrame: 0, frames: 29 };
	expect(joinPlan([huge, square]).pieces[1]?.place).toEqual({
		...{ x: 420, y: 0, width: 1080, height: 1080 }
	});
});

test('a recording that ends a moment early is filled up; one that lacks more is refused', async () => {
	const early = joinPlan([{ ...wide, fromFrame: 0, frames: 75 }]);
	await studio.transcoder.join(early, 'out/early');
	expect(await framesOf(studio.pathOf('out/early'))).toBe('75');
	const missing = joinPlan([{ ...wide, fromFrame: 0, frames: 200 }]);
	await expect(studio.transcoder.join(missing, 'out/missing')).rejects.toBeInstanceOf(Unusable);
	expect(await studio.storage.stat('out/missing')).toBeUndefined();
});

test('one that was finished is answered at once; one broken off leaves nothing and is made again', async () => {
	const plan = joinPlan([{ ...wide, fromFrame: 0, frames: 60 }]);
	const stopped = studio.transcoder.join(plan, 'out/again', AbortSignal.timeout(50));
	await expect(stopped).rejects.toThrow();
	expect(await studio.storage.stat('out/again')).toBeUndefined();
	await studio.transcoder.join(plan, 'out/again');
	expect(await framesOf(studio.pathOf('out/again'))).toBe('60');
	// Its sources may be gone by then.
	await studio.transcoder.join(
		joinPlan([{ ...wide, source: 'gone', fromFrame: 0, frames: 60 }]),
		'out/again'
	);
});

test('what is no video at all is refused', async () => {
	await writeFile(studio.pathOf('playlist.webm'), '#EXTM3U\nfile:///etc/hostname\n');
	const plan = joinPlan([{ ...wide, source: 'playlist.webm', fromFrame: 0, frames: 10 }]);
	await expect(studio.transcoder.join(plan, 'out/hostile')).rejects.toBeInstanceOf(Unusable);
});
