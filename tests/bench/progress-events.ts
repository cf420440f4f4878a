// Watched events over HTTP, with session and authorization, against a raw server with one upsert.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBare } from './bare/start.ts';
import { type Call, load } from './load.ts';
import { compare } from './rounds.ts';
import type { Row } from './row.ts';
import { newTrainees, theWorld } from './world.ts';

const ASKED = 0.3;
const ROUNDS = 15;
const CLIENTS = 8;
const EVENTS_A_CLIENT = 60;
/** A player tells about a stretch like this at a time. */
const STRETCH_MS = 1500;
const LESSON_MS = 15_000;

export async function run(): Promise<Row[]> {
	const world = await theWorld();
	const { origin } = world.server;
	const cookies = await newTrainees(world, CLIENTS);
	const folder = await mkdtemp(join(tmpdir(), 'bench-events-'));
	const bare = await startBare('upsert-server.ts', join(folder, 'bare.sqlite'));
	try {
		const watched = `${origin}/learn/lessons/${world.params.lessonId}/watched`;
		const ours = cookies.map((cookie) => callsTo(watched, { cookie, origin }));
		const theirs = cookies.map((_, index) => callsTo(`${bare.origin}/${index}`, {}));
		const eventsASecond = (clients: Call[][]) => async () =>
			(CLIENTS * EVENTS_A_CLIENT) / (await load(clients)).seconds;
		const compared = await compare(ROUNDS, eventsASecond(ours), eventsASecond(theirs));
		const shown = (figure: number) => `${figure.toFixed(0)} /s`;
		return [
			{
				name: `progress events, ${CLIENTS} clients`,
				ours: shown(compared.ours),
				baseline: shown(compared.baseline),
				ratio: compared.ratio,
				asked: `≥ ${ASKED}`,
				isReached: compared.ratio >= ASKED
			}
		];
	} finally {
		await bare.end();
		await rm(folder, { recursive: true, force: true });
	}
}

/** One trainee watching the lesson from its beginning, over and over. */
function callsTo(url: string, identity: Record<string, string>): Call[] {
	return Array.from({ length: EVENTS_A_CLIENT }, (_, index) => {
		const from = (index * STRETCH_MS) % LESSON_MS;
		const event = {
			ranges: [[from, from + STRETCH_MS]],
			positionMs: from + STRETCH_MS,
			positionAt: new Date(Date.now() + index).toISOString()
		};
		return {
			method: 'POST',
			url,
			headers: { ...identity, 'content-type': 'application/json' },
			body: JSON.stringify(event),
			expected: 200
		};
	});
}
