import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { READING_ONLY_VIDEO_FILES, runConfined } from '#lib/server/transcoding/ffmpeg/confined.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import { Unusable } from '#lib/server/transcoding/unusable.ts';
import { h264, openStudio, picture, type Studio } from './footage.ts';

let studio: Studio;
let server: Server;
let connections = 0;
let address = '';
beforeAll(async () => {
	studio = await openStudio();
	await studio.film('private.mp4', ...picture('320x240', 1), ...h264);
	server = createServer((_, response) => response.end()).on('connection', () => connections++);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.close();
	await studio.close();
});

const playlistOf = (uri: string): string =>
	`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${uri}\n#EXT-X-ENDLIST\n`;

// Each would show the private video, open a connection or run for ever if it were followed.
const attacks: Record<string, () => string> = {
	'a playlist that names itself': () => playlistOf('attack.mp4'),
	'a playlist of a private file': () => playlistOf('private.mp4'),
	'a playlist of a private file by its path': () =>
		playlistOf(`file:${studio.pathOf('private.mp4')}`),
	'a playlist of an address': () => playlistOf(`${address}/secret`),
	'a playlist of a concatenation': () => playlistOf(`concat:${studio.pathOf('private.mp4')}|x`),
	'a concat script': () => `ffconcat version 1.0\nfile private.mp4\n`,
	'a DASH manifest': () =>
		`<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${address}/a.mp4</BaseURL><SegmentBase/></Representation></AdaptationSet></Period></MPD>`,
	'a session description': () =>
		`v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
	'a picture that names another': () =>
		`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><image href="${address}/x"/></svg>`,
	'a text': () => '月饼的做法：先和面。\n'.repeat(50),
	'a picture sequence pattern': () => '%03d.png'
};

describe.each(Object.keys(attacks))('%s, named .mp4', (name) => {
	beforeAll(async () => writeFile(studio.pathOf('attack.mp4'), attacks[name]?.() ?? ''));

	// What is followed is only ended by its time: that is another code, and here another error.
	test('is refused as no video', async () => {
		await expect(studio.transcoder.probe('attack.mp4')).rejects.toMatchObject({
			code: 'notAVideo'
		});
	});

	test('gets nowhere even when ffprobe is asked directly', async () => {
		const lines: string[] = [];
		const outcome = await runConfined(
			'ffprobe',
			[
				'-v',
				'error',
				...READING_ONLY_VIDEO_FILES,
				'-show_streams',
				`file:${studio.pathOf('attack.mp4')}`
			],
			{ timeoutMs: 10_000, memoryBytes: 2 ** 31, onLine: (line) => lines.push(line) > 0 }
		);
		expect(outcome.isSuccess).toBe(false);
		expect(lines).toEqual([]);
	});

	test('is not encoded either, should it take the place of a probed video', async () => {
		const plan = planFor(await studio.transcoder.probe('private.mp4'), 'sign');
		const prepared = studio.transcoder.prepare('attack.mp4', plan, 'out/attack', () => undefined);
		const error: unknown = await prepared.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Unusable);
		expect(error).not.toMatchObject({ code: 'takesTooLong' });
		expect(await studio.storage.stat('out/attack/manifest.json')).toBeUndefined();
	});
});

test('no attack opened a connection', async () => {
	// The counter counts: one of our own.
	await fetch(address);
	expect(connections).toBe(1);
});

test('the attacks would work on an ffprobe that is told nothing', async () => {
	await writeFile(studio.pathOf('attack.mp4'), playlistOf(`file:${studio.pathOf('private.mp4')}`));
	const lines: string[] = [];
	await runConfined(
		'ffprobe',
		['-v', 'error', '-allowed_extensions', 'ALL', '-show_streams', studio.pathOf('attack.mp4')],
		{ timeoutMs: 5000, memoryBytes: 2 ** 31, onLine: (line) => lines.push(line) > 0 }
	);
	expect(lines).toContain('codec_name=h264');
});
