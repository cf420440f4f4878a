import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseMediaPlaylist } from '#lib/server/transcoding/ffmpeg/playlists.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Prepared } from '#lib/server/transcoding/transcoder.ts';
import { ffprobeLines, h264, openStudio, picture, toneAfter, type Studio } from './footage.ts';

let studio: Studio;
beforeAll(async () => {
	studio = await openStudio();
});
afterAll(() => studio.close());

const FRAME_MS = 1000 / 30;
const produced = (target: string, name: string): string => studio.pathOf(`${target}/${name}`);
const textOf = (target: string, name: string): Promise<string> =>
	readFile(produced(target, name), 'utf8');

describe('a demonstration with sound', () => {
	let prepared: Prepared;
	const reports: { stage: string; share: number; at: number }[] = [];
	beforeAll(async () => {
		await studio.film(
			'demo.mp4',
			...picture('640x360', 5),
			...toneAfter(0, 5),
			...h264,
			'-c:a',
			'aac',
			'-metadata',
			'location=+30.1+120.2/'
		);
		const plan = planFor(await studio.transcoder.probe('demo.mp4'), 'demonstration');
		prepared = await studio.transcoder.prepare('demo.mp4', plan, 'out/demo', (progress) =>
			reports.push({ ...progress, at: Date.now() })
		);
	});

	test('has three rungs, none above its own size', () => {
		expect(prepared.rungs.map((rung) => [rung.width, rung.height])).toEqual([
			[640, 360],
			[426, 240],
			[284, 160]
		]);
		expect(prepared).toMatchObject({ durationMs: 5000, frameRate: 30, width: 640, height: 360 });
	});

	test('is 8 bit H.264 at constant 30 frames a second in every rung, beginning at 0', async () => {
		for (const rung of prepared.rungs) {
			const path = produced('out/demo', rung.media);
			const stream = 'stream=codec_name,pix_fmt,width,height,has_b_frames,color_space';
			expect(await ffprobeLines(path, '-show_entries', stream)).toEqual([
				`h264,${rung.width},${rung.height},0,yuv420p,bt709`
			]);
			const frames = await ffprobeLines(path, '-show_entries', 'frame=pts_time');
			const times = frames.map((line) => Number.parseFloat(line) * 1000);
			expect(times).toHaveLength(150);
			times.forEach((time, frame) => expect(Math.abs(time - frame * FRAME_MS)).toBeLessThan(0.1));
		}
	});

	test('has a keyframe every 2 seconds and nowhere else, the same in every rung', async () => {
		for (const rung of prepared.rungs) {
			const path = produced('out/demo', rung.media);
			const keys = await ffprobeLines(
				path,
				'-skip_frame',
				'nokey',
				'-show_entries',
				'frame=pts_time'
			);
			expect(keys.map(Number.parseFloat)).toEqual([0, 2, 4]);
		}
	});

	test('is cut into the same segments in every rung, each beginning with its keyframe', async () => {
		for (const rung of prepared.rungs) {
			const playlist = parseMediaPlaylist(await textOf('out/demo', rung.playlist));
			expect(playlist.segments.map((segment) => segment.durationMs)).toEqual([2000, 2000, 1000]);
			const bytes = await readFile(produced('out/demo', rung.media));
			expect(playlist.segments.at(-1)?.end).toBe(bytes.length - 1);
			expect(playlist.header.end + 1).toBe(playlist.segments[0]?.start);
		}
	});

	test('keeps sound out of the picture, and whole in a file of its own', async () => {
		for (const rung of prepared.rungs) {
			const types = await ffprobeLines(
				produced('out/demo', rung.media),
				'-show_entries',
				'stream=codec_type'
			);
			expect(types).toEqual(['video']);
		}
		const sound = produced('out/demo', 'sound.m4a');
		expect(prepared.sound).toBe('sound.m4a');
		expect(await ffprobeLines(sound, '-show_entries', 'stream=codec_name,channels')).toEqual([
			'aac,1'
		]);
		const [duration] = await ffprobeLines(sound, '-show_entries', 'format=duration');
		expect(Math.abs(Number(duration) * 1000 - 5000)).toBeLessThan(50);
	});

	test('has a master playlist of all rungs, without sound, with bandwidths that hold', async () => {
		const master = await textOf('out/demo', prepared.master);
		expect(master).not.toMatch(/AUDIO|mp4a|sound/);
		for (const rung of prepared.rungs) {
			expect(rung.codecs).toMatch(/^avc1\.6400[0-9a-f]{2}$/);
			expect(master).toContain(
				`RESOLUTION=${rung.width}x${rung.height},FRAME-RATE=30.000,CODECS="${rung.codecs}"`
			);
			expect(master).toContain(`\n${rung.playlist}\n`);
			const { segments } = parseMediaPlaylist(await textOf('out/demo', rung.playlist));
			for (const { start, end, durationMs } of segments.slice(0, -1)) {
				expect(rung.bandwidth).toBeGreaterThanOrEqual(((end - start + 1) * 8000) / durationMs);
			}
		}
		expect(master.match(/BANDWIDTH=\d+,AVERAGE/g)).toHaveLength(3);
	});

	test('has a poster and a thumbnail for every two seconds', async () => {
		const poster = await ffprobeLines(
			produced('out/demo', prepared.poster),
			'-show_entries',
			'stream=codec_name,width,height'
		);
		expect(poster).toEqual(['mjpeg,640,360']);
		const sprite = await ffprobeLines(
			produced('out/demo', 'sprite.jpg'),
			'-show_entries',
			'stream=width,height'
		);
		expect(sprite).toEqual(['480,90']);
		expect(await textOf('out/demo', prepared.thumbnails)).toBe(
			[
				'WEBVTT\n',
				'00:00:00.000 --> 00:00:02.000\nsprite.jpg#xywh=0,0,160,90\n',
				'00:00:02.000 --> 00:00:04.000\nsprite.jpg#xywh=160,0,160,90\n',
				'00:00:04.000 --> 00:00:05.000\nsprite.jpg#xywh=320,0,160,90\n'
			].join('\n')
		);
	});

	test('has a manifest that names every file with its size', async () => {
		expect(JSON.parse(await textOf('out/demo', 'manifest.json'))).toEqual(prepared);
		for (const file of prepared.files) {
			expect(await studio.storage.stat(`out/demo/${file.name}`)).toEqual({
				sizeBytes: file.sizeBytes
			});
		}
		const media = prepared.rungs.flatMap((rung) => [rung.playlist, rung.media]);
		const named = [
			prepared.master,
			...media,
			prepared.sound,
			prepared.poster,
			'sprite.jpg',
			prepared.thumbnails
		];
		expect(prepared.files.map((file) => file.name)).toEqual(named);
	});

	test('forgets where it was filmed', async () => {
		for (const file of prepared.files.filter(({ type }) => /video|audio|image/.test(type))) {
			expect((await readFile(produced('out/demo', file.name))).includes('+30.1')).toBe(false);
		}
	});

	test('tells its progress, never falling, at most twice a second, and 1 at the end', () => {
		expect(reports.at(-1)).toMatchObject({ stage: 'finished', share: 1 });
		reports.slice(1).forEach((report, index) => {
			expect(report.share).toBeGreaterThanOrEqual(reports[index]?.share ?? 0);
		});
		reports.slice(1, -1).forEach((report, index) => {
			expect(report.at - (reports[index]?.at ?? 0)).toBeGreaterThanOrEqual(499);
		});
	});
});
