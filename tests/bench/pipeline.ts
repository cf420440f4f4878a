// The pipeline against the same ladder by a bare one-pass ffmpeg: `node tests/bench/pipeline.ts`.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Plan } from '#lib/server/transcoding/transcoder.ts';
import type { Row } from './row.ts';

const SECONDS = 20;
const ROUNDS = 3;
const ASKED = 1.1;

type Cost = { wallMs: number; cpuMs: number };

/**
 * Alternates both, so that what else the machine does meets both alike, and compares the least
 * cost of each: the rest is noise that only ever adds.
 */
export async function run(): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-pipeline-'));
	try {
		const storage = diskStorage(join(folder, 'media'));
		const transcoder = ffmpegTranscoder({ storage, workFolder: join(folder, 'work') });
		const clip = join(folder, 'clip.mp4');
		await ffmpeg(folder, filming(clip));
		await storage.adopt('clip.mp4', clip);
		const { path } = await storage.localCopy('clip.mp4');

		const ours: Cost[] = [];
		const bare: Cost[] = [];
		const kind = 'demonstration';
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(
				await costOf(async () => {
					const plan = planFor(await transcoder.probe('clip.mp4'), kind);
					await transcoder.prepare('clip.mp4', plan, `out/${round}`, () => undefined);
				})
			);
			const plan = planFor(await transcoder.probe('clip.mp4'), kind);
			const outcome = join(folder, `bare-${round}`);
			await mkdir(outcome);
			bare.push(await costOf(() => ffmpeg(outcome, bareLadder(path, plan))));
		}
		return [
			row('pipeline against bare ffmpeg, CPU', ours, bare, (cost) => cost.cpuMs),
			row('pipeline against bare ffmpeg, wall', ours, bare, (cost) => cost.wallMs)
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function filming(clip: string): string[] {
	const source = `testsrc2=s=1920x1080:r=30:d=${SECONDS},noise=alls=8:allf=t`;
	return [
		...['-f', 'lavfi', '-i', source, '-f', 'lavfi', '-i', `sine=d=${SECONDS}`],
		...['-c:v', 'libx264', '-preset', 'superfast', '-crf', '25', '-pix_fmt', 'yuv420p'],
		...['-c:a', 'aac', clip]
	];
}

/** As anyone would write it: decode once, split, scale each from the source, encode each. */
function bareLadder(path: string, { rungs }: Plan): string[] {
	const ends = rungs.map((_, index) => `[s${index}]`).join('');
	const scaled = rungs.map(({ width, height }, i) => `[s${i}]scale=${width}:${height}[v${i}]`);
	const outcomes = rungs.flatMap((rung, index) => [
		...['-map', `[v${index}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
		...['-crf', String(rung.quality), '-maxrate', String(rung.maxBitsPerSecond)],
		...['-bufsize', String(rung.maxBitsPerSecond * 2), '-bf', '0'],
		...['-g', '60', '-keyint_min', '60', '-sc_threshold', '0'],
		...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod'],
		...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file', `${rung.name}.m3u8`]
	]);
	const sound = ['-map', '0:a', '-c:a', 'aac', '-b:a', '96k', 'sound.m4a'];
	const graph = [`[0:v]split=${rungs.length}${ends}`, ...scaled].join(';');
	return ['-i', path, '-filter_complex', graph, ...outcomes, ...sound];
}

async function ffmpeg(cwd: string, args: string[]): Promise<void> {
	// At our own priority: otherwise what else the machine does would decide the wall time.
	const command = ['-n', '19', 'ffmpeg', '-nostdin', '-v', 'error', '-y', ...args];
	const child = spawn('nice', command, {
		cwd,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const code = await new Promise((done) => child.once('close', done));
	if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`);
}

/** Wall time, and the CPU time of this process and of the children that ended meanwhile. */
async function costOf(work: () => Promise<void>): Promise<Cost> {
	const [startedAt, before] = [performance.now(), await cpuMs()];
	await work();
	return { wallMs: performance.now() - startedAt, cpuMs: (await cpuMs()) - before };
}

/** Linux counts what ended children used, in hundredths of a second (proc(5): fields 14–17). */
async function cpuMs(): Promise<number> {
	const stat = await readFile('/proc/self/stat', 'utf8');
	// The second field is the program's name in brackets, and may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

function row(name: string, ours: Cost[], bare: Cost[], of: (cost: Cost) => number): Row {
	const [mine, theirs] = [Math.min(...ours.map(of)), Math.min(...bare.map(of))];
	const ratio = mine / theirs;
	return {
		name,
		ours: `${(mine / 1000).toFixed(2)} s`,
		baseline: `${(theirs / 1000).toFixed(2)} s`,
		ratio,
		asked: `≤ ${ASKED}`,
		isReached: ratio <= ASKED
	};
}

if (import.meta.main) console.table(await run());
