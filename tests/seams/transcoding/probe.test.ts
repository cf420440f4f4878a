import { truncate, stat, writeFile, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Missing } from '#lib/server/storage/key.ts';
import { h264, openStudio, picture, toneAfter, type Studio } from './footage.ts';

let studio: Studio;
beforeAll(async () => {
	studio = await openStudio();
});
afterAll(() => studio.close());

const probe = (key: string) => studio.transcoder.probe(key);
const refusal = (code: string) => expect.objectContaining({ name: 'Unusable', code });

test('an ordinary phone video is described', async () => {
	await studio.film(
		'plain.mp4',
		...picture('640x360', 3),
		...toneAfter(0, 3),
		...h264,
		'-c:a',
		'aac'
	);
	expect(await probe('plain.mp4')).toMatchObject({
		durationMs: 3000,
		width: 640,
		height: 360,
		rotation: 0,
		frameRate: 30,
		isVariableFrameRate: false,
		videoCodec: 'h264',
		pixelFormat: 'yuv420p',
		hasSound: true
	});
});

test('an HEVC video held upright is described as it is seen', async () => {
	await studio.film(
		'lying.mov',
		...picture('320x240', 2),
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
	expect(await probe('upright.mov')).toMatchObject({
		width: 240,
		height: 320,
		rotation: 270,
		videoCodec: 'hevc',
		pixelFormat: 'yuv420p10le',
		hasSound: false
	});
});

test('pixels that are not square are counted as they are seen', async () => {
	await studio.film('wide.mp4', ...picture('320x240', 1), '-vf', 'setsar=4/3', ...h264);
	expect(await probe('wide.mp4')).toMatchObject({ width: 427, height: 240 });
});

test('a varying frame rate is noticed', async () => {
	await studio.film(
		'varying.mp4',
		...picture('320x240', 3),
		'-vf',
		"select='lt(n,30)+not(mod(n,3))'",
		'-fps_mode',
		'vfr',
		...h264
	);
	expect(await probe('varying.mp4')).toMatchObject({ isVariableFrameRate: true, durationMs: 2933 });
});

test('the length of a browser recording, which does not state it, is found', async () => {
	const live = ['-f', 'webm', '-live', '1'];
	await studio.film(
		'recorded.webm',
		...picture('320x240', 3),
		...toneAfter(0, 4),
		'-c:v',
		'libvpx-vp9',
		'-deadline',
		'realtime',
		'-cpu-used',
		'8',
		'-c:a',
		'libopus',
		...live
	);
	const found = await probe('recorded.webm');
	expect(found).toMatchObject({ videoCodec: 'vp9', hasSound: true, isVariableFrameRate: false });
	expect(Math.abs(found.durationMs - 3000)).toBeLessThanOrEqual(34);
});

test('a file without a byte is empty', async () => {
	await writeFile(studio.pathOf('nothing.mp4'), '');
	await expect(probe('nothing.mp4')).rejects.toEqual(refusal('empty'));
});

test('sound alone has no picture, with or without a cover', async () => {
	await studio.film('sound.m4a', ...toneAfter(0, 1), '-c:a', 'aac');
	await studio.film('cover.jpg', ...picture('320x240', 1), '-frames:v', '1', '-update', '1');
	await studio.film(
		'covered.m4a',
		'-i',
		studio.pathOf('sound.m4a'),
		'-i',
		studio.pathOf('cover.jpg'),
		'-map',
		'0',
		'-map',
		'1',
		'-c',
		'copy',
		'-disposition:v',
		'attached_pic'
	);
	await expect(probe('sound.m4a')).rejects.toEqual(refusal('noPicture'));
	await expect(probe('covered.m4a')).rejects.toEqual(refusal('noPicture'));
});

test('a ten-hour video is too long', async () => {
	await studio.film('endless.mp4', ...picture('64x48', 36_000, '1/60'), ...h264);
	await expect(probe('endless.mp4')).rejects.toEqual(refusal('tooLong'));
});

test('a picture of more pixels than allowed is too large, whatever its shape', async () => {
	await studio.film('wall.mp4', ...picture('8000x6000', 0.1, 10), ...h264);
	await studio.film(
		'ribbon.mkv',
		...picture('9000x64', 0.2, 10),
		'-c:v',
		'mjpeg',
		'-pix_fmt',
		'yuvj420p'
	);
	await expect(probe('wall.mp4')).rejects.toEqual(refusal('tooLarge'));
	await expect(probe('ribbon.mkv')).rejects.toEqual(refusal('tooLarge'));
});

test('more bytes than allowed are too large, and are not read', async () => {
	await writeFile(studio.pathOf('heavy.mp4'), '');
	await truncate(studio.pathOf('heavy.mp4'), 4 * 1024 ** 3 + 1);
	await expect(probe('heavy.mp4')).rejects.toEqual(refusal('tooLarge'));
});

test.each([
	['with its index at the end', []],
	['with its index at the front', ['-movflags', '+faststart']],
	['in fragments', ['-movflags', '+frag_keyframe+empty_moov']]
])('an MP4 that was cut off is damaged, %s', async (_, flags) => {
	await studio.film('whole.mp4', ...picture('320x240', 2), ...h264, ...flags);
	await truncate(
		studio.pathOf('whole.mp4'),
		Math.round((await stat(studio.pathOf('whole.mp4'))).size * 0.6)
	);
	await expect(probe('whole.mp4')).rejects.toEqual(refusal('damaged'));
});

test('a video whose index is garbage is damaged', async () => {
	await studio.film('sick.mp4', ...picture('320x240', 1), ...h264);
	const bytes = await readFile(studio.pathOf('sick.mp4'));
	bytes.fill(0xee, bytes.indexOf('moov') + 4);
	await writeFile(studio.pathOf('sick.mp4'), bytes);
	await expect(probe('sick.mp4')).rejects.toEqual(refusal('damaged'));
});

test('a video written in a way that nobody here knows is called so, not damaged', async () => {
	await studio.film('foreign.mp4', ...picture('320x240', 2), ...h264);
	const bytes = await readFile(studio.pathOf('foreign.mp4'));
	bytes.write('zzzz', bytes.lastIndexOf('avc1'), 'latin1');
	await writeFile(studio.pathOf('foreign.mp4'), bytes);
	await expect(probe('foreign.mp4')).rejects.toEqual(refusal('unreadable'));
});

test('what is not stored is missing, not unusable', async () => {
	await expect(probe('never-uploaded.mp4')).rejects.toThrow(Missing);
});
