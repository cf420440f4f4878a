/** Both pictures in one video, by the real ffmpeg: every frame of both at its time, and whole. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compositePlan } from '#lib/server/transcoding/composite-plan.ts';
import { parseMediaPlaylist } from '#lib/server/transcoding/ffmpeg/playlists.ts';
import type { CompositePlan, Place, Prepared } from '#lib/server/transcoding/transcoder.ts';
import { counted, ffprobeLines, GREY_TOLERANCE, greyOf, h264, openStudio } from './footage.ts';
import type { Studio } from './footage.ts';

const execute = promisify(execFile);
const SOURCES = { demonstration: 'out/demonstration', sign: 'out/sign' };
const [SECONDS, FRAMES] = [4, 120];
/** Around each picture: where it is missing, something was cut off. */
const FRAMED = ['-vf', 'setsar=1,drawbox=x=0:y=0:w=iw:h=ih:color=white:t=iw/20'];
const NOWHERE_ELSE = { offsetMs: 0, sections: [] };

let studio: Studio;
let films: { demonstration: Prepared; sign: Prepared };
beforeAll(async () => {
	studio = await openStudio();
	await studio.film('demo.mp4', ...counted('640x360', SECONDS), ...FRAMED, ...h264);
	await studio.film('sign.mp4', ...counted('240x320', SECONDS), ...FRAMED, ...h264);
	films = {
		demonstration: await studio.prepare('demo.mp4', 'demonstration', SOURCES.demonstration),
		sign: await studio.prepare('sign.mp4', 'sign', SOURCES.sign)
	};
});
afterAll(() => studio.close());

async function made(
	kind: CompositePlan['kind'],
	placement: Parameters<typeof compositePlan>[2],
	target: string
) {
	const plan = compositePlan(kind, films, placement);
	const composite = await studio.transcoder.compose(SOURCES, plan, target);
	return { plan, composite, path: studio.pathOf(`${target}/${composite.rungs[0]?.media}`) };
}

/** How bright a part of the picture is, frame by frame. */
async function brightness(path: string, { x, y, width, height }: Place): Promise<number[]> {
	const part = `crop=${width}:${height}:${x}:${y}:exact=1,scale=1:1:flags=area,format=gray`;
	const args = ['-v', 'error', '-i', path, '-vf', part, '-f', 'rawvideo', 'pipe:1'];
	const { stdout } = await execute('ffmpeg', args, { encoding: 'buffer' });
	return [...stdout];
}

const middleOf = ({ x, y, width, height }: Place): Place => ({
	x: Math.round(x + width / 4),
	y: Math.round(y + height / 8),
	width: Math.round(width / 4),
	height: Math.round(height / 8)
});

/** Each frame of `path` shows, in this place, the frame that is asked for. */
async function expectFrames(path: string, place: Place, frameAt: (frame: number) => number) {
	const greys = await brightness(path, middleOf(place));
	expect(greys).toHaveLength(FRAMES);
	const wrong = greys.flatMap((grey, frame) =>
		Math.abs(grey - greyOf(frameAt(frame))) > GREY_TOLERANCE ? [`${frame}: ${grey}`] : []
	);
	expect(wrong).toEqual([]);
}

/** The white frame around a picture is there on all four sides. */
async function expectWhole(path: string, { x, y, width, height }: Place) {
	const edge = Math.max(2, Math.floor(width / 60));
	const sides: Place[] = [
		{ x, y: y + height / 4, width: edge, height: height / 4 },
		{ x: x + width - edge, y: y + height / 4, width: edge, height: height / 4 },
		{ x: x + width / 4, y, width: width / 4, height: edge },
		{ x: x + width / 4, y: y + height - edge, width: width / 4, height: edge }
	];
	for (const side of sides) expect((await brightness(path, side))[0]).toBeGreaterThan(200);
}

describe.each(['side', 'corner'] as const)('the layout %s', (kind) => {
	let outcome: Awaited<ReturnType<typeof made>>;
	beforeAll(async () => {
		outcome = await made(kind, NOWHERE_ELSE, `out/${kind}`);
	});

	test('shows frame n of both pictures in its frame n', async () => {
		const { path, plan } = outcome;
		await expectFrames(path, plan.places.sign, (frame) => frame);
		await expectFrames(path, plan.places.demonstration, (frame) => frame);
	});

	test('shows the signer whole, and the demonstration in its proportions', async () => {
		const { path, plan } = outcome;
		await expectWhole(path, plan.places.sign);
		const { demonstration, sign } = plan.places;
		expect(demonstration.width / demonstration.height).toBeCloseTo(640 / 360, 1);
		expect(sign.width / sign.height).toBeCloseTo(240 / 320, 1);
		if (kind === 'side') await expectWhole(path, demonstration);
	});

	test('has the shape of every other rendition: two rungs, 30 frames a second, no B-frames, 2 s', async () => {
		const { composite } = outcome;
		expect(composite).toMatchObject({ kind, durationMs: SECONDS * 1000, sound: null });
		expect(composite.rungs).toHaveLength(2);
		for (const rung of composite.rungs) {
			const path = studio.pathOf(`out/${kind}/${rung.media}`);
			const stream = 'stream=codec_name,width,height,has_b_frames,avg_frame_rate';
			expect(await ffprobeLines(path, '-show_entries', stream)).toEqual([
				`h264,${rung.width},${rung.height},0,30/1`
			]);
			const playlist = await readFile(studio.pathOf(`out/${kind}/${rung.playlist}`), 'utf8');
			const { segments } = parseMediaPlaylist(playlist);
			expect(segments.map(({ durationMs }) => durationMs)).toEqual([2000, 2000]);
		}
		for (const { name, sizeBytes } of composite.files)
			expect(await studio.storage.stat(`out/${kind}/${name}`)).toEqual({ sizeBytes });
		expect(composite.files.map(({ name }) => name)).toContain('poster.jpg');
	});

	test('is answered at once when it is there', async () => {
		const startedAt = Date.now();
		expect((await made(kind, NOWHERE_ELSE, `out/${kind}`)).composite).toEqual(outcome.composite);
		expect(Date.now() - startedAt).toBeLessThan(1000);
	});
});

test('side by side the signer is as tall as the demonstration', async () => {
	const { places, rungs } = compositePlan('side', films, NOWHERE_ELSE);
	expect(places.sign.height).toBeGreaterThanOrEqual(places.demonstration.height);
	expect(rungs[0]).toMatchObject({
		width: places.demonstration.width + places.sign.width,
		height: places.sign.height
	});
});

test.each([
	['a square signer', { width: 720, height: 720 }],
	['a signer filmed upright', { width: 720, height: 1280 }]
])('in the corner %s takes a third of the width, bottom right, uncut', (_, size) => {
	const wide = { width: 1280, height: 720, durationMs: 4000 };
	const both = { demonstration: wide, sign: { ...size, durationMs: 4000 } };
	const { places, rungs } = compositePlan('corner', both, NOWHERE_ELSE);
	const [largest = { width: 0, height: 0 }] = rungs;
	expect(places.sign.width).toBeGreaterThanOrEqual(largest.width / 3);
	expect(places.sign.x + places.sign.width).toBe(largest.width);
	expect(places.sign.y + places.sign.height).toBe(largest.height);
	expect(places.sign.y).toBeGreaterThanOrEqual(0);
	expect(places.sign.width / places.sign.height).toBeCloseTo(size.width / size.height, 1);
});

describe('the sign track stands where it belongs', () => {
	test.each([
		['later', 500, (frame: number) => Math.max(0, frame - 15)],
		['earlier', -500, (frame: number) => Math.min(FRAMES - 1, frame + 15)]
	])(
		'%s than the demonstration, its first or last frame filling the rest',
		async (name, offsetMs, frameAt) => {
			const { path, plan } = await made('side', { offsetMs, sections: [] }, `out/${name}`);
			await expectFrames(path, plan.places.sign, frameAt);
			await expectFrames(path, plan.places.demonstration, (frame) => frame);
		}
	);

	test('in sections, the nearest frame standing between them', async () => {
		const sections = [
			{ lessonMs: 1000, mediaMs: 500, lengthMs: 1000 },
			{ lessonMs: 2500, mediaMs: 2000, lengthMs: 1000 }
		];
		const { path, plan } = await made('side', { offsetMs: 9000, sections }, 'out/sections');
		await expectFrames(path, plan.places.sign, (frame) => {
			if (frame < 30) return 15;
			if (frame < 60) return frame - 15;
			if (frame < 75) return 44;
			return frame < 105 ? frame - 15 : 89;
		});
	});
});

test('an aborted one leaves nothing behind', async () => {
	const plan = compositePlan('side', films, NOWHERE_ELSE);
	const stopped = studio.transcoder.compose(SOURCES, plan, 'out/aborted', AbortSignal.timeout(60));
	await expect(stopped).rejects.toThrow();
	expect(await studio.storage.stat('out/aborted/master.m3u8')).toBeUndefined();
});
