import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PICTURE_MAX_PIXELS } from '../limits.ts';

/** Enough of what it said for a log line. */
const SAID_BYTES_MAX = 8 * 1024;

/**
 * What every ffmpeg and ffprobe that reads a file from outside is told. Without the first two,
 * a 130-byte playlist named .mp4 makes ffmpeg 5.1 loop without end, and others read local files
 * or open connections.
 */
export const READING_ONLY_VIDEO_FILES = [
	['-protocol_whitelist', 'file'],
	['-format_whitelist', 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg'],
	['-max_pixels', String(PICTURE_MAX_PIXELS)]
].flat();

export type Confinement = {
	timeoutMs: number;
	memoryBytes: number;
	fileBytesMax?: number;
	cwd?: string;
	signal?: AbortSignal | undefined;
	/** Kills when `onLine` was not answered with true ("it moved") for so long. */
	stallMs?: number;
	/** Each line of standard output, as it comes. Answers whether the work moved on. */
	onLine: (line: string) => boolean;
};

export type Outcome = { isSuccess: boolean; said: string };

/** It ran longer than it may, or hung. */
export class TookTooLong extends Error {
	override name = 'TookTooLong';
}

/**
 * Runs ffmpeg or ffprobe at the lowest priority, with bounded time, memory and file size, without
 * our environment, and so that the kernel kills it when we are killed. Each wrapper replaces
 * itself by the next program, so that the child's id is ffmpeg's own. Wrappers a machine lacks
 * (macOS) are left out. Throws `TookTooLong`, or the signal's reason.
 */
export async function runConfined(
	program: 'ffmpeg' | 'ffprobe',
	args: string[],
	confinement: Confinement
): Promise<Outcome> {
	const { signal } = confinement;
	signal?.throwIfAborted();
	const [command, ...rest] = [...wrappers(confinement), program, ...args];
	const child = spawn(command ?? program, rest, {
		cwd: confinement.cwd,
		env: { PATH: process.env['PATH'], LC_ALL: 'C' },
		stdio: ['ignore', 'pipe', 'pipe']
	});

	let said = '';
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		said = (said + chunk).slice(-SAID_BYTES_MAX);
	});
	let movedAt = Date.now();
	let fault: unknown;
	const lines = createInterface({ input: child.stdout });
	lines.on('line', (line) => {
		try {
			if (confinement.onLine(line)) movedAt = Date.now();
		} catch (error) {
			stop(error);
		}
	});
	const read = new Promise((done) => lines.once('close', done));

	const stop = (reason: unknown): void => {
		fault ??= reason;
		child.kill('SIGKILL');
	};
	const onAbort = (): void => stop(signal?.reason);
	signal?.addEventListener('abort', onAbort, { once: true });
	const timeout = setTimeout(
		() => stop(new TookTooLong(`${program}: over ${confinement.timeoutMs} ms`)),
		confinement.timeoutMs
	);
	const { stallMs } = confinement;
	const watch =
		stallMs === undefined
			? undefined
			: setInterval(() => {
					if (Date.now() - movedAt > stallMs) stop(new TookTooLong(`${program}: hangs`));
				}, stallMs / 4);

	try {
		const code = await new Promise<number | null>((done, failed) => {
			child.once('error', failed);
			child.once('close', done);
		});
		await read;
		if (fault !== undefined) throw fault;
		return { isSuccess: code === 0, said: said.trim() };
	} finally {
		clearTimeout(timeout);
		clearInterval(watch);
		signal?.removeEventListener('abort', onAbort);
	}
}

function wrappers(confinement: Confinement): string[] {
	const limits = [`--as=${confinement.memoryBytes}`, '--core=0'];
	if (confinement.fileBytesMax !== undefined) limits.push(`--fsize=${confinement.fileBytesMax}`);
	return [
		...(isInstalled('setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : []),
		...(isInstalled('prlimit') ? ['prlimit', ...limits] : []),
		...(isInstalled('nice') ? ['nice', '-n', '19'] : [])
	];
}

const installed = new Map<string, boolean>();

function isInstalled(program: string): boolean {
	let found = installed.get(program);
	if (found === undefined) {
		const folders = (process.env['PATH'] ?? '').split(delimiter);
		found = folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
		installed.set(program, found);
	}
	return found;
}
