import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Plan } from '#lib/server/transcoding/transcoder.ts';
import { h264, openStudio, picture, toneAfter, type Studio } from './footage.ts';

let studio: Studio;
let shortPlan: Plan;
let longPlan: Plan;
beforeAll(async () => {
	studio = await openStudio();
	await studio.film(
		'short.mp4',
		...picture('320x240', 2),
		...toneAfter(0, 2),
		...h264,
		'-c:a',
		'aac'
	);
	// Long enough that nobody finishes it while the test looks.
	await studio.film(
		'long.mp4',
		'-stream_loop',
		'100',
		'-i',
		studio.pathOf('short.mp4'),
		'-c',
		'copy'
	);
	shortPlan = planFor(await studio.transcoder.probe('short.mp4'), 'sign');
	longPlan = planFor(await studio.transcoder.probe('long.mp4'), 'demonstration');
});
afterAll(() => studio.close());

const quiet = (): void => undefined;

/** Running processes whose arguments name a path: ffmpeg's input. */
function processesReading(path: string): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
		.filter((id) => {
			try {
				return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`file:${path}`);
			} catch {
				return false;
			}
		})
		.map(Number);
}

async function until(isTrue: () => boolean, withinMs: number): Promise<boolean> {
	for (const end = Date.now() + withinMs; Date.now() < end; await pause(20)) {
		if (isTrue()) return true;
	}
	return isTrue();
}

test('a finished target is answered at once, and none of its files changes', async () => {
	const first = await studio.transcoder.prepare('short.mp4', shortPlan, 'out/once', quiet);
	const before = await stat(studio.pathOf('out/once/manifest.json'));
	const startedAt = Date.now();
	// Not even the source is looked for.
	const again = await studio.transcoder.prepare('gone.mp4', shortPlan, 'out/once', quiet);
	expect(again).toEqual(first);
	expect(Date.now() - startedAt).toBeLessThan(200);
	expect((await stat(studio.pathOf('out/once/manifest.json'))).ino).toBe(before.ino);
});

test('a crash after the ladder repeats the stills only', async () => {
	const failing = ffmpegTranscoder({
		workFolder: join(studio.folder, 'work'),
		storage: {
			...studio.storage,
			adopt: async (key, path) => {
				if (key.endsWith('sprite.jpg')) throw new Error('the power went');
				await studio.storage.adopt(key, path);
			}
		}
	});
	const broken = failing.prepare('short.mp4', shortPlan, 'out/crashed', quiet);
	await expect(broken).rejects.toThrow('the power went');
	expect(await studio.storage.stat('out/crashed/manifest.json')).toBeUndefined();
	const media = studio.pathOf(`out/crashed/${shortPlan.rungs[0]?.name}.mp4`);
	const before = await stat(media);

	const prepared = await studio.transcoder.prepare('short.mp4', shortPlan, 'out/crashed', quiet);
	expect((await stat(media)).ino).toBe(before.ino);
	const names = [...prepared.files.map((file) => file.name), 'manifest.json'];
	expect((await readdir(studio.pathOf('out/crashed'))).sort()).toEqual(names.sort());
});

test('a crash while the ladder is stored leaves nothing half in the outcome', async () => {
	await studio.storage.put('out/half/720.mp4', Buffer.from('half a rung'));
	const prepared = await studio.transcoder.prepare('short.mp4', shortPlan, 'out/half', quiet);
	const names = [...prepared.files.map((file) => file.name), 'manifest.json'];
	expect((await readdir(studio.pathOf('out/half'))).sort()).toEqual(names.sort());
});

test('a killed server leaves no ffmpeg running, and the next one finishes the work', async () => {
	const child: ChildProcess = fork(new URL('./victim.ts', import.meta.url), [studio.folder], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	child.send({ source: 'long.mp4', plan: longPlan, target: 'out/killed' });
	await new Promise((begun) => child.once('message', begun));
	const path = studio.pathOf('long.mp4');
	expect(processesReading(path)).toHaveLength(1);

	child.kill('SIGKILL');
	expect(await until(() => processesReading(path).length === 0, 2000)).toBe(true);
	expect(await studio.storage.stat('out/killed/manifest.json')).toBeUndefined();
	expect(await readdir(join(studio.folder, 'work'))).toHaveLength(1);

	const prepared = await studio.transcoder.prepare('short.mp4', shortPlan, 'out/killed', quiet);
	expect(prepared.rungs).toHaveLength(2);
});

test('the leftovers of a killed run are removed by the next one', async () => {
	expect(await readdir(join(studio.folder, 'work'))).toEqual([]);
});

test('an aborted run stops ffmpeg at once, stores nothing and leaves no leftovers', async () => {
	const controller = new AbortController();
	const path = studio.pathOf('long.mp4');
	const running = studio.transcoder.prepare(
		'long.mp4',
		longPlan,
		'out/aborted',
		() => controller.abort(new Error('the lesson was deleted')),
		controller.signal
	);
	const startedAt = Date.now();
	await expect(running).rejects.toThrow('the lesson was deleted');
	expect(Date.now() - startedAt).toBeLessThan(5000);
	expect(processesReading(path)).toEqual([]);
	expect(await studio.storage.stat('out/aborted/master.m3u8')).toBeUndefined();
	expect(await readdir(join(studio.folder, 'work'))).toEqual([]);
});

test('a source that breaks off while it is encoded is damaged, not half published', async () => {
	const plan = { ...shortPlan, durationMs: 60_000 };
	const broken = studio.transcoder.prepare('short.mp4', plan, 'out/broken', quiet);
	await expect(broken).rejects.toMatchObject({ name: 'Unusable', code: 'damaged' });
	expect(await studio.storage.stat('out/broken/master.m3u8')).toBeUndefined();
});

test('a machine at fault is no reason to call the source unusable', async () => {
	const plan = { ...shortPlan, rungs: shortPlan.rungs.map((rung) => ({ ...rung, width: 0 - 7 })) };
	const failed = studio.transcoder.prepare('short.mp4', plan, 'out/failed', quiet);
	await expect(failed).rejects.toMatchObject({ name: 'Error' });
});
