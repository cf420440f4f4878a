// How long the slowest pages take while a video is being prepared, against a server at rest.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { newId } from '#lib/server/ids.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as people from '#lib/server/people/people.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { type Call, send } from './load.ts';
import { percentile } from './rounds.ts';
import type { Row } from './row.ts';
import { type BenchWorld, signIn, theWorld } from './world.ts';

const ASKED = 1.5;
const ROUNDS = 3;
const REQUESTS_A_TURN = 150;
/** Between two requests the server falls asleep, and must get a processor back from ffmpeg. */
const PAUSE_MS = 4;
const CLIP_SECONDS = 20;
const PATIENCE_MS = 60_000;

type Times = Record<string, number[]>;

export async function run(): Promise<Row[]> {
	const world = await theWorld();
	const { origin } = world.server;
	const cookie = await signIn(origin, world.signIns.trainee);
	const pages: Record<string, Call> = {};
	for (const [name, path] of [
		['the road', '/learn'],
		['the lesson', `/learn/lessons/${world.params.lessonId}`]
	] as const)
		pages[name] = { method: 'GET', url: origin + path, headers: { cookie }, expected: 200 };

	const folder = await mkdtemp(join(tmpdir(), 'bench-pages-'));
	try {
		const clip = filmed(folder);
		const actor = await instructorOf(world);
		await visit(pages, {}); // to warm up
		const [idle, busy]: [Times, Times] = [{}, {}];
		for (let round = 0; round < ROUNDS; round++) {
			await visit(pages, idle);
			const lessonId = await upload(world, actor, clip);
			await untilState(world, lessonId, 'preparing');
			await visit(pages, busy);
			const [track] = await tracks.ofLesson(world.db, lessonId);
			if (track?.state !== 'preparing') throw new Error('the clip was ready too early');
			await untilState(world, lessonId, 'ready');
		}
		return Object.keys(pages).map((name) => rowOf(name, busy[name] ?? [], idle[name] ?? []));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function rowOf(name: string, busy: number[], idle: number[]): Row {
	const [slow, usual] = [percentile(busy, 0.99), percentile(idle, 0.99)];
	return {
		name: `p99 of ${name} while transcoding, ${busy.length} requests`,
		ours: `${slow.toFixed(1)} ms`,
		baseline: `${usual.toFixed(1)} ms`,
		ratio: slow / usual,
		asked: `≤ ${ASKED}`,
		isReached: slow / usual <= ASKED
	};
}

/** One reader who asks for each page in turn. */
async function visit(pages: Record<string, Call>, times: Times): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	try {
		for (let count = 0; count < REQUESTS_A_TURN; count++)
			for (const [name, call] of Object.entries(pages)) {
				const startedAt = performance.now();
				await send(agent, call);
				(times[name] ??= []).push(performance.now() - startedAt);
				await pause(PAUSE_MS);
			}
	} finally {
		agent.destroy();
	}
}

function filmed(folder: string): string {
	const clip = join(folder, 'clip.mp4');
	const picture = `testsrc2=s=1280x720:r=30:d=${CLIP_SECONDS},noise=alls=8:allf=t`;
	execFileSync(
		'ffmpeg',
		[
			...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', picture],
			...['-c:v', 'libx264', '-preset', 'superfast', '-pix_fmt', 'yuv420p', clip]
		],
		{ stdio: ['ignore', 'ignore', 'inherit'] }
	);
	return clip;
}

async function instructorOf({ db, signIns }: BenchWorld): Promise<PersonActor> {
	const { id, roles } = await people.whoSignsIn(db, signIns.instructor, 'bench');
	return { type: 'person', id, displayName: '讲师', roles };
}

/** A new lesson whose video has just arrived; the server's runner looks for work every second. */
async function upload(world: BenchWorld, actor: PersonActor, clip: string): Promise<string> {
	const { db, server, params } = world;
	const course = await courses.forEditing(db, actor, params.courseId ?? '');
	const lesson = { title: '测量', summary: '', teachingMode: 'silent_demonstration' } as const;
	const lessonId = await lessons.add(db, course, lesson);
	const { size: sizeBytes } = await stat(clip);
	const id = newId();
	await uploads.begin(db, actor, id, {
		...{ lessonId, kind: 'demonstration', fileName: 'clip.mp4', sizeBytes }
	});
	const { uploadsFolder } = settingsFrom({ DATA_FOLDER: server.dataFolder });
	await copyFile(clip, join(uploadsFolder, id));
	await uploads.receive(db, id);
	return lessonId;
}

async function untilState({ db }: BenchWorld, lessonId: string, wanted: 'preparing' | 'ready') {
	const until = Date.now() + PATIENCE_MS;
	while (Date.now() < until) {
		const [track] = await tracks.ofLesson(db, lessonId);
		if (track?.state === wanted) return;
		if (track?.state === 'failed') throw new Error(`the clip failed: ${track.failureCode}`);
		await pause(100);
	}
	throw new Error(`the clip was not ${wanted} within ${PATIENCE_MS / 1000} s`);
}
