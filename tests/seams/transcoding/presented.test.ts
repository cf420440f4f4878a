import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	counted,
	GREY_TOLERANCE,
	greyOf,
	h264,
	openStudio,
	toneAfter,
	type Studio
} from './footage.ts';

const HLS_SCRIPT = join(import.meta.dirname, '../../../node_modules/hls.js/dist/hls.light.min.js');
const TYPES: Record<string, string> = {
	'.m3u8': 'application/vnd.apple.mpegurl',
	'.mp4': 'video/mp4',
	'.m4a': 'audio/mp4'
};
const PAGE = `<!doctype html><script src="/hls.js"></script><video muted></video>`;

let studio: Studio;
let server: Server;
let browser: Browser;
let address = '';

beforeAll(async () => {
	studio = await openStudio();
	await studio.film(
		'counted.mp4',
		...counted('320x240', 5),
		...toneAfter(0, 5),
		...h264,
		'-c:a',
		'aac'
	);
	await studio.prepare('counted.mp4', 'demonstration', 'demo');
	await studio.prepare('counted.mp4', 'sign', 'sign');
	server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		if (pathname === '/') return void response.setHeader('content-type', 'text/html').end(PAGE);
		const path = pathname === '/hls.js' ? HLS_SCRIPT : studio.pathOf(pathname.slice(1));
		if (!existsSync(path)) return void response.writeHead(404).end();
		const { size } = statSync(path);
		const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
		const start = Number(range?.[1] ?? 0);
		const end = Math.min(Number(range?.[2] || size - 1), size - 1);
		response.writeHead(range ? 206 : 200, {
			'content-type': TYPES[extname(path)] ?? 'text/javascript',
			'content-length': end - start + 1,
			'accept-ranges': 'bytes',
			...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {})
		});
		createReadStream(path, { start, end }).pipe(response);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const found = ['/usr/bin/chromium'].find((path) => existsSync(path));
	const executablePath = process.env['CHROMIUM'] ?? found;
	browser = await chromium.launch({
		...(executablePath ? { executablePath } : {}),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
});
afterAll(async () => {
	await browser.close();
	server.close();
	await studio.close();
});

type Shown = { mediaTimeMs: number; grey: number };

/** What a browser shows first, and after jumps into the middle of given frames. */
async function shownIn(source: string, isNative: boolean, jumps: number[]): Promise<Shown[]> {
	const page = await browser.newPage();
	await page.goto(address);
	const shown = await page.evaluate(
		async ({ source, isNative, jumps }) => {
			const video = document.querySelector('video') as HTMLVideoElement;
			const canvas = document.createElement('canvas');
			canvas.width = canvas.height = 4;
			const context = canvas.getContext('2d') as CanvasRenderingContext2D;
			const next = (): Promise<Shown> =>
				new Promise((done) =>
					video.requestVideoFrameCallback((_, { mediaTime }) => {
						context.drawImage(video, 0, 0, 4, 4);
						const level = context.getImageData(1, 1, 1, 1).data[1] ?? 0;
						done({ mediaTimeMs: mediaTime * 1000, grey: level });
					})
				);
			type Player = { loadSource(url: string): void; attachMedia(media: HTMLVideoElement): void };
			const first = next();
			if (isNative) video.src = source;
			else {
				const { Hls } = window as unknown as { Hls: new () => Player };
				const player = new Hls();
				player.loadSource(source);
				player.attachMedia(video);
			}
			const all = [await first];
			for (const frame of jumps) {
				const shownNext = next();
				video.currentTime = (frame + 0.5) / 30;
				all.push(await shownNext);
			}
			return all;
		},
		{ source, isNative, jumps }
	);
	await page.close();
	return shown;
}

for (const [way, isNative] of [
	['natively', true],
	['through hls.js', false]
] as const) {
	for (const track of ['demo', 'sign']) {
		test(`Chromium shows the first frame of a ${track} at 0, and each frame at its time, ${way}`, async () => {
			const jumps = [7, 61, 119, 60, 3, 140];
			const shown = await shownIn(`/${track}/master.m3u8`, isNative, jumps);
			[0, ...jumps].forEach((frame, index) => {
				const { mediaTimeMs = -1, grey = -1 } = shown[index] ?? {};
				expect(Math.abs(mediaTimeMs - (frame * 1000) / 30), `time of ${frame}`).toBeLessThan(1);
				expect(Math.abs(grey - greyOf(frame)), `frame ${frame}`).toBeLessThanOrEqual(
					GREY_TOLERANCE
				);
			});
		});
	}
}

test('Chromium plays the sound from an element of its own, as long as the picture', async () => {
	const page = await browser.newPage();
	await page.goto(address);
	const sound = await page.evaluate(async () => {
		const element = new Audio('/demo/sound.m4a');
		await new Promise((done, failed) => {
			element.oncanplaythrough = done;
			element.onerror = failed;
		});
		const context = new OfflineAudioContext(1, 48_000, 48_000);
		const bytes = await (await fetch('/demo/sound.m4a')).arrayBuffer();
		const samples = (await context.decodeAudioData(bytes)).getChannelData(0);
		const beginsAt = samples.findIndex((sample) => Math.abs(sample) > 0.2) / 48;
		return { durationMs: element.duration * 1000, beginsAtMs: beginsAt };
	});
	expect(Math.abs(sound.durationMs - 5000)).toBeLessThan(50);
	expect(sound.beginsAtMs).toBeLessThan(10);
	await page.close();
});
