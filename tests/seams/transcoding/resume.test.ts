import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseMediaPlaylist } from '#lib/server/transcoding/ffmpeg/playlists.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Plan, Prepared } from '#lib/server/transcoding/transcoder.ts';
import {
	counted,
	ffprobeLines,
	GREY_TOLERANCE,
	greysOf,
	h264,
	openStudio,
	picture,
	type Studio,
	toneAfter
} from './footage.ts';

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

/** Somebody else who prepares, and can be killed; resolves with the first word of progress. */
async function preparing(work: { source: string; plan: Plan; target: string }) {
	const child: ChildProcess = fork(new URL('./victim.ts', import.meta.url), [studio.folder], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	child.send(work);
	await new Promise((begun) => child.once('message', begun));
	return child;
}

test('a killed server leaves no ffmpeg running, and the next one finishes the work', async () => {
	const child = await preparing({ source: 'long.mp4', plan: longPlan, target: 'out/killed' });
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

describe('what a killed run had finished', () => {
	const SECONDS = 40;
	const target = 'out/resumed';
	let plan: Plan;
	/** Bytes of each rung that were there when it was killed, and could be seen. */
	const finished = new Map<string, Buffer>();
	let keptSegments = 0;
	let prepared: Prepared;
	const shares: number[] = [];

	/** The folder of the work that is under way: there is one. */
	const workFolder = (): string => {
		const [name] = readdirSync(join(studio.folder, 'work'));
		return join(studio.folder, 'work', name ?? 'none yet');
	};
	const segmentsOf = (text: string) =>
		[...text.matchAll(/BYTERANGE:(\d+)@(\d+)/g)].map(
			([, length, at]) => Number(length) + Number(at)
		);
	const playlistAt = (rung: string): string => {
		const path = join(workFolder(), `from-0/${rung}.m3u8`);
		return existsSync(path) ? readFileSync(path, 'utf8') : '';
	};

	beforeAll(async () => {
		for (const left of await readdir(join(studio.folder, 'work')))
			await rm(join(studio.folder, 'work', left), { recursive: true });
		await studio.film(
			...['counted.mp4', ...counted('640x480', SECONDS), ...toneAfter(0, SECONDS)],
			...[...h264, '-c:a', 'aac']
		);
		plan = planFor(await studio.transcoder.probe('counted.mp4'), 'demonstration');
		const names = plan.rungs.map(({ name }) => name);
		const child = await preparing({ source: 'counted.mp4', plan, target });
		const counts = () => names.map((name) => segmentsOf(playlistAt(name)).length);
		expect(await until(() => Math.min(...counts()) >= 3, 60_000)).toBe(true);
		child.kill('SIGKILL');
		await until(() => processesReading(studio.pathOf('counted.mp4')).length === 0, 5000);
		keptSegments = Math.min(...counts());
		expect(keptSegments).toBeLessThan(SECONDS / 2);
		for (const name of names) {
			const [end = 0] = segmentsOf(playlistAt(name)).slice(keptSegments - 1);
			const media = join(workFolder(), `from-0/${name}.mp4`);
			finished.set(name, readFileSync(media).subarray(0, end));
		}
	}, 180_000);

	test('can still be seen, and no more of it than is whole', async () => {
		const early = await studio.transcoder.early(target);
		expect(early?.name).toBe(plan.rungs.at(-1)?.name);
		expect(early?.durationMs).toBeGreaterThanOrEqual(keptSegments * 2000);
		const two = parseMediaPlaylist(early?.playlist(5000) ?? '');
		expect(two.segments.map(({ durationMs }) => durationMs)).toEqual([2000, 2000]);
		const bytes =
			early && (await buffer(await early.read({ start: 0, end: two.segments[1]?.end ?? 0 })));
		expect(
			finished
				.get(early?.name ?? '')
				?.subarray(0, bytes?.length)
				.equals(bytes ?? Buffer.of())
		).toBe(true);
	});

	test('is not encoded again: the next run begins behind it', async () => {
		let begun: string[] = [];
		prepared = await studio.transcoder.prepare('counted.mp4', plan, target, ({ share }) => {
			shares.push(share);
			if (begun.length === 0)
				begun = readdirSync(workFolder()).filter((name) => name.startsWith('from-'));
		});
		expect(begun.toSorted()).toEqual(['from-0', `from-${keptSegments}`]);
		expect(shares[0]).toBeGreaterThan((keptSegments * 2 * 0.96) / SECONDS);
		for (const [name, bytes] of finished) {
			const whole = readFileSync(studio.pathOf(`${target}/${name}.mp4`));
			expect(whole.subarray(0, bytes.length).equals(bytes), name).toBe(true);
		}
		expect(readdirSync(join(studio.folder, 'work'))).toEqual([]);
	});

	test('and what follows make the film that a run makes which nobody kills', async () => {
		await studio.prepare('counted.mp4', 'demonstration', 'out/whole');
		for (const rung of prepared.rungs) {
			const path = studio.pathOf(`${target}/${rung.media}`);
			const greys = await greysOf(path);
			const wanted = await greysOf(studio.pathOf(`out/whole/${rung.media}`));
			expect(greys).toHaveLength(SECONDS * 30);
			const isOff = (grey: number, n: number) => Math.abs(grey - (wanted[n] ?? 0)) > GREY_TOLERANCE;
			expect(greys.filter(isOff), rung.name).toEqual([]);
			// A frame is told from the one before it.
			const steps = wanted.slice(1, 20).map((grey, n) => grey - (wanted[n] ?? 0));
			expect(Math.min(...steps)).toBeGreaterThan(GREY_TOLERANCE);
			const times = await ffprobeLines(path, '-show_entries', 'packet=pts_time');
			const late = times.filter((time, n) => Math.abs(Number.parseFloat(time) * 30 - n) > 0.01);
			expect(late).toEqual([]);
			const text = readFileSync(studio.pathOf(`${target}/${rung.playlist}`), 'utf8');
			const { segments } = parseMediaPlaylist(text);
			expect(segments.map(({ durationMs }) => durationMs)).toEqual(Array(SECONDS / 2).fill(2000));
		}
		const sound = studio.pathOf(`${target}/${prepared.sound ?? ''}`);
		const [length] = await ffprobeLines(sound, '-show_entries', 'format=duration');
		expect(Math.abs(Number(length) - SECONDS)).toBeLessThan(0.1);
	});

	test('stands where it was seen early, byte for byte', async () => {
		const early = await studio.transcoder.early(target);
		expect(early).toMatchObject({ durationMs: SECONDS * 1000 });
		expect(early?.playlist(4000).match(/EXTINF/g)).toHaveLength(2);
		expect(early?.sizeBytes).toBe((await stat(studio.pathOf(`${target}/${early?.media}`))).size);
	});
});

test('an aborted run stops ffmpeg at once and stores nothing; what it has begun can be forgotten', async () => {
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
	await studio.transcoder.forget('out/aborted');
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
