/** The small things a lesson's page shows: pictures of steps, clips of signs. */
import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clipPlanFor } from '#lib/server/transcoding/plan.ts';
import {
	counted,
	ffprobeLines,
	GREY_TOLERANCE,
	greyOf,
	greysOf,
	h264,
	openStudio,
	type Studio,
	toneAfter
} from './footage.ts';

let studio: Studio;
beforeAll(async () => {
	studio = await openStudio();
	const sound = [...toneAfter(0, 5), '-c:a', 'aac'];
	await studio.film('counted.mp4', ...counted('640x640', 5), ...sound, ...h264);
	await studio.prepare('counted.mp4', 'demonstration', 'out/film');
});
afterAll(() => studio.close());

test.each([
	['at its beginning', 0, 0],
	['in the middle of a frame', 1016, 30],
	['on a frame that begins between two milliseconds', 1033, 31],
	['on the first frame of a segment', 2000, 60],
	['just before one', 1999, 59],
	['on its last frame', 4999, 149],
	['after its end', 9000, 149]
])('a picture shows the frame that the film shows %s', async (_, atMs, frame) => {
	await studio.transcoder.still('out/film', atMs, `stills/at-${atMs}.webp`);
	const picture = sharp(studio.pathOf(`stills/at-${atMs}.webp`));
	expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 480, height: 480 });
	const { channels } = await picture.stats();
	const off = Math.abs((channels[1]?.mean ?? 0) - greyOf(frame));
	expect(off).toBeLessThanOrEqual(GREY_TOLERANCE);
});

test('a clip is one small file without sound, that plays from its first byte', async () => {
	const plan = clipPlanFor(await studio.transcoder.probe('counted.mp4'));
	const size = await studio.transcoder.clip('counted.mp4', plan, 'out/clip');
	expect(size).toEqual({ width: 360, height: 360 });
	const path = studio.pathOf('out/clip/clip.mp4');
	const entries = 'stream=codec_name,width,height,has_b_frames,nb_frames';
	expect(await ffprobeLines(path, '-show_entries', entries)).toEqual(['h264,360,360,0,150']);
	const greys = await greysOf(path);
	// The picture grows brighter for 25 frames, and begins anew.
	const falls = greys.flatMap((grey, at) => (grey < (greys[at - 1] ?? 0) - 100 ? [at] : []));
	expect(falls).toEqual([25, 50, 75, 100, 125]);

	const before = await stat(path);
	await studio.transcoder.clip('gone.mp4', plan, 'out/clip');
	expect((await stat(path)).ino).toBe(before.ino);
});

test('a clip is no lecture', async () => {
	const probe = await studio.transcoder.probe('counted.mp4');
	expect(() => clipPlanFor({ ...probe, durationMs: 30_001 })).toThrow('tooLong');
});
