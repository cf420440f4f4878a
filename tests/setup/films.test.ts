import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
	filmSeconds,
	mouldKnocksAt,
	ovenRingsAt,
	signedAtSourceSeconds,
	steps
} from '../../src/setup/demo/film/timeline.ts';

const shelf = fileURLToPath(new URL('../../src/setup/demo/', import.meta.url));

type Stream = { codec_name: string; width?: number; nb_frames: string; duration: string };

function streamsOf(film: string): Stream[] {
	const args = ['-v', 'error', '-show_streams', '-of', 'json', `${shelf}${film}.mp4`];
	return JSON.parse(execFileSync(process.env.FFPROBE ?? 'ffprobe', args, { encoding: 'utf8' }))
		.streams;
}

/** Start times of cues, seconds. */
function startsOf(captions: string): number[] {
	const text = readFileSync(`${shelf}${captions}.vtt`, 'utf8');
	return [...text.matchAll(/^(\d+):(\d+):([\d.]+) -->/gm)].map(
		([, hours, minutes, seconds]) => Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
	);
}

describe('the demo films', () => {
	it('show demonstration and sign track for the same number of frames', () => {
		const [demonstration] = streamsOf('demonstration');
		const [sign] = streamsOf('sign');
		expect(demonstration?.nb_frames).toBe(String(filmSeconds * 30));
		expect(sign?.nb_frames).toBe(demonstration?.nb_frames);
	});

	it('give the demonstration a sound track and the signing none', () => {
		expect(streamsOf('demonstration').map((stream) => stream.codec_name)).toEqual(['h264', 'aac']);
		expect(streamsOf('sign').map((stream) => stream.codec_name)).toEqual(['h264']);
		const [signed, ...more] = streamsOf('signed-at-source');
		expect(Number(signed?.duration)).toBeCloseTo(signedAtSourceSeconds, 1);
		expect(more).toEqual([]);
	});

	it('with their cover weigh no more than 3 MB, the cover no more than 100 KB', () => {
		const media = ['demonstration.mp4', 'sign.mp4', 'signed-at-source.mp4', 'cover.webp'];
		const bytes = media.reduce((sum, name) => sum + statSync(`${shelf}${name}`).size, 0);
		expect(bytes).toBeLessThanOrEqual(3_000_000);
		expect(statSync(`${shelf}cover.webp`).size).toBeLessThanOrEqual(100_000);
	});

	it.each(['zh-CN', 'en'])('caption every step, the knocks and the oven (%s)', (language) => {
		const starts = startsOf(`demonstration.${language}`);
		for (const step of steps) {
			const first = starts.find((start) => start >= step.startsAt);
			expect(first).toBeCloseTo(step.startsAt + 0.3, 1);
		}
		expect(starts).toContain(ovenRingsAt);
		expect(starts.some((start) => Math.abs(start - mouldKnocksAt[0]) < 0.2)).toBe(true);
	});

	it.each(['demonstration', 'signed-at-source'])('caption %s alike in both languages', (film) => {
		expect(startsOf(`${film}.en`)).toEqual(startsOf(`${film}.zh-CN`));
	});
});
