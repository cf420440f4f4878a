// Byte ranges of renditions, with session and authorization, against raw node streaming the same.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsFrom } from '#lib/server/settings.ts';
import { startBare } from './bare/start.ts';
import { type Call, load } from './load.ts';
import { compare } from './rounds.ts';
import type { Row } from './row.ts';
import { signIn, theWorld } from './world.ts';

const ASKED = 0.6;
const ROUNDS = 15;
const CLIENTS = 4;
const RANGES_A_CLIENT = 40;
const [LEAST_BYTES, MOST_BYTES] = [64 * 1024, 1024 * 1024];

export async function run(): Promise<Row[]> {
	const { server, signIns } = await theWorld();
	const cookie = await signIn(server.origin, signIns.trainee);
	const renditions = join(
		settingsFrom({ DATA_FOLDER: server.dataFolder }).mediaFolder,
		'renditions'
	);
	const ranges = chooseRanges(await videosIn(renditions));
	const bare = await startBare('file-server.ts', renditions);
	try {
		const callsTo = (base: string, identity: Record<string, string>) =>
			ranges.map((client) =>
				client.map(({ path, range }): Call => {
					const headers = { ...identity, range };
					return { method: 'GET', url: `${base}/${path}`, headers, expected: 206 };
				})
			);
		const expectedBytes = ranges.flat().reduce((sum, { bytes }) => sum + bytes, 0);
		const bytesASecond = (clients: Call[][]) => async () => {
			const { bytes, seconds } = await load(clients);
			if (bytes !== expectedBytes) throw new Error(`${bytes} of ${expectedBytes} bytes came`);
			return bytes / seconds;
		};
		const compared = await compare(
			ROUNDS,
			bytesASecond(callsTo(`${server.origin}/media`, { cookie })),
			bytesASecond(callsTo(bare.origin, {}))
		);
		const shown = (figure: number) => `${(figure / 1e6).toFixed(0)} MB/s`;
		return [
			{
				name: `media ranges, ${CLIENTS} clients, 64 KiB to 1 MiB`,
				ours: shown(compared.ours),
				baseline: shown(compared.baseline),
				ratio: compared.ratio,
				asked: `≥ ${ASKED}`,
				isReached: compared.ratio >= ASKED
			}
		];
	} finally {
		await bare.end();
	}
}

type Video = { path: string; sizeBytes: number };

/** The prepared videos that a range of the largest size fits into. */
async function videosIn(folder: string): Promise<Video[]> {
	const files = await readdir(folder, { recursive: true });
	const videos = await Promise.all(
		files
			.filter((path) => path.endsWith('.mp4'))
			.map(async (path) => ({ path, sizeBytes: (await stat(join(folder, path))).size }))
	);
	const large = videos.filter(({ sizeBytes }) => sizeBytes > MOST_BYTES);
	if (large.length === 0) throw new Error('no rendition is larger than 1 MiB');
	return large.sort((a, b) => a.path.localeCompare(b.path));
}

function chooseRanges(videos: Video[]) {
	const random = seeded(20_261_124);
	const below = (limit: number) => Math.floor(random() * limit);
	return Array.from({ length: CLIENTS }, () =>
		Array.from({ length: RANGES_A_CLIENT }, () => {
			const { path, sizeBytes } = videos[below(videos.length)] as Video;
			const bytes = LEAST_BYTES + below(MOST_BYTES - LEAST_BYTES + 1);
			const start = below(sizeBytes - bytes + 1);
			return { path, bytes, range: `bytes=${start}-${start + bytes - 1}` };
		})
	);
}

/** Mulberry32: the same ranges in every run, so that two runs can be held side by side. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
