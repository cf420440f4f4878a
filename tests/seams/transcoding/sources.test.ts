import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	counted,
	ffprobeLines,
	GREY_TOLERANCE,
	greyOf,
	greysOf,
	h264,
	openStudio,
	picture,
	toneAfter,
	toneStartMs,
	type Studio
} from './footage.ts';

let studio: Studio;
beforeAll(async () => {
	studio = await openStudio();
});
afterAll(() => studio.close());

const FRAME_MS = 1000 / 30;
const produced = (target: string, name: string): string => studio.pathOf(`${target}/${name}`);

test('a 10-bit HEVC video held upright comes out upright, in 8 bit, with two rungs for signing', async () => {
	// White left, black right; turned anticlockwise by its display matrix: black comes on top.
	const halves = [
		'-f',
		'lavfi',
		'-i',
		'color=black:s=320x240:r=25:d=2,drawbox=w=160:h=240:c=white:t=fill'
	];
	await studio.film(
		'lying.mov',
		...halves,
		'-c:v',
		'libx265',
		'-preset',
		'ultrafast',
		'-pix_fmt',
		'yuv420p10le',
		'-x265-params',
		'log-level=none',
		'-tag:v',
		'hvc1'
	);
	await studio.film(
		'upright.mov',
		'-i',
		studio.pathOf('lying.mov'),
		'-c',
		'copy',
		'-metadata:s:v',
		'rotate=90'
	);
	const prepared = await studio.prepare('upright.mov', 'sign', 'out/upright');
	expect(prepared.rungs.map((rung) => [rung.width, rung.height])).toEqual([
		[240, 320],
		[160, 214]
	]);
	expect(prepared.sound).toBeNull();
	const path = produced('out/upright', prepared.rungs[0]?.media ?? '');
	expect(await ffprobeLines(path, '-show_entries', 'stream=pix_fmt')).toEqual(['yuv420p']);
	const halfGrey = async (y: number): Promise<number> => {
		const key = `half-${y}.mkv`;
		await studio.film(
			key,
			'-i',
			path,
			'-vf',
			`crop=240:150:0:${y}`,
			'-c:v',
			'ffv1',
			'-frames:v',
			'1'
		);
		return (await greysOf(studio.pathOf(key)))[0] ?? -1;
	};
	expect(await halfGrey(0)).toBeLessThan(30);
	expect(await halfGrey(170)).toBeGreaterThan(220);
});

test('a high-dynamic-range phone video becomes an ordinary one that is neither black nor white', async () => {
	await studio.film(
		'hdr.mov',
		...picture('320x240', 1),
		'-c:v',
		'libx265',
		'-preset',
		'ultrafast',
		'-pix_fmt',
		'yuv420p10le',
		'-tag:v',
		'hvc1',
		'-x265-params',
		'log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc'
	);
	const prepared = await studio.prepare('hdr.mov', 'sign', 'out/hdr');
	const path = produced('out/hdr', prepared.rungs[0]?.media ?? '');
	expect(await ffprobeLines(path, '-show_entries', 'stream=color_transfer,color_space')).toEqual([
		'bt709,bt709'
	]);
	const [grey = 0] = await greysOf(path);
	expect(grey).toBeGreaterThan(40);
	expect(grey).toBeLessThan(215);
});

test('a varying frame rate becomes constant with every picture at its own time', async () => {
	// All frames of the first second, then every third.
	await studio.film(
		'varying.mp4',
		...counted('320x240', 3),
		'-vf',
		"select='lt(n,30)+not(mod(n,3))'",
		'-fps_mode',
		'vfr',
		...h264
	);
	const prepared = await studio.prepare('varying.mp4', 'demonstration', 'out/varying');
	const greys = await greysOf(produced('out/varying', prepared.rungs[0]?.media ?? ''));
	expect(Math.abs(greys.length * FRAME_MS - 3000)).toBeLessThan(3 * FRAME_MS);
	greys.forEach((grey, frame) => {
		const shown = frame < 30 ? frame : frame - (frame % 3);
		expect(Math.abs(grey - greyOf(shown)), `frame ${frame}`).toBeLessThanOrEqual(GREY_TOLERANCE);
	});
});

test('a VP9 recording of a browser at 25 frames is put on the grid of 30', async () => {
	await studio.film(
		'recorded.webm',
		...counted('320x240', 2, 25),
		...toneAfter(1, 2),
		'-c:v',
		'libvpx-vp9',
		'-deadline',
		'realtime',
		'-cpu-used',
		'8',
		'-c:a',
		'libopus',
		'-f',
		'webm',
		'-live',
		'1'
	);
	const prepared = await studio.prepare('recorded.webm', 'sign', 'out/recorded');
	expect(Math.abs(prepared.durationMs - 2000)).toBeLessThanOrEqual(FRAME_MS + 1);
	const greys = await greysOf(produced('out/recorded', prepared.rungs[0]?.media ?? ''));
	greys.forEach((grey, frame) => {
		// The source's frame nearest in time, or its neighbour when two are as near.
		const at = (frame * FRAME_MS) / 40;
		const near = [Math.floor(at), Math.ceil(at)].map((each) => Math.abs(grey - greyOf(each)));
		expect(Math.min(...near), `frame ${frame}`).toBeLessThanOrEqual(GREY_TOLERANCE);
	});
	expect(Math.abs((await toneStartMs(produced('out/recorded', 'sound.m4a'))) - 1000)).toBeLessThan(
		30
	);
});

test('sound that begins late stays late', async () => {
	await studio.film(
		'late-sound.mp4',
		...counted('320x240', 3),
		'-itsoffset',
		'1',
		...toneAfter(0, 2),
		...h264,
		'-c:a',
		'aac'
	);
	const prepared = await studio.prepare('late-sound.mp4', 'demonstration', 'out/late-sound');
	expect(
		Math.abs((await toneStartMs(produced('out/late-sound', 'sound.m4a'))) - 1000)
	).toBeLessThan(30);
	const greys = await greysOf(produced('out/late-sound', prepared.rungs[0]?.media ?? ''));
	expect(Math.abs((greys[0] ?? 0) - greyOf(0))).toBeLessThanOrEqual(GREY_TOLERANCE);
});

test.each(['mp4', 'mkv', 'ts'])(
	'a picture that begins late (%s) starts at 0, and its sound with it',
	async (type) => {
		const key = `late-picture.${type}`;
		await studio.film(
			key,
			'-itsoffset',
			'0.5',
			...counted('320x240', 2),
			...toneAfter(1, 3),
			'-map',
			'0:v',
			'-map',
			'1:a',
			'-fps_mode',
			'passthrough',
			...h264,
			'-c:a',
			'aac'
		);
		const prepared = await studio.prepare(key, 'demonstration', `out/late-picture-${type}`);
		const path = produced(`out/late-picture-${type}`, prepared.rungs[0]?.media ?? '');
		const greys = await greysOf(path);
		expect(Math.abs((greys[0] ?? 0) - greyOf(0))).toBeLessThanOrEqual(GREY_TOLERANCE);
		expect(Math.abs((greys[30] ?? 0) - greyOf(30))).toBeLessThanOrEqual(GREY_TOLERANCE);
		const sound = produced(`out/late-picture-${type}`, 'sound.m4a');
		expect(Math.abs((await toneStartMs(sound)) - 500)).toBeLessThan(30);
	}
);

test('a recording that was cut between two keyframes starts at 0 all the same', async () => {
	await studio.film(
		'whole.ts',
		...counted('320x240', 3),
		...toneAfter(0, 3),
		...h264,
		'-g',
		'30',
		'-c:a',
		'aac'
	);
	const bytes = await readFile(studio.pathOf('whole.ts'));
	// From the packet (188 bytes) a sixth into the file: its first pictures cannot be decoded.
	await writeFile(
		studio.pathOf('cut.ts'),
		bytes.subarray(Math.floor(bytes.length / 6 / 188) * 188)
	);
	const prepared = await studio.prepare('cut.ts', 'sign', 'out/cut');
	const path = produced('out/cut', prepared.rungs[0]?.media ?? '');
	const times = await ffprobeLines(path, '-show_entries', 'frame=pts_time');
	expect(Number.parseFloat(times[0] ?? '')).toBe(0);
	expect(times).toHaveLength(Math.round(prepared.durationMs / FRAME_MS));
});
