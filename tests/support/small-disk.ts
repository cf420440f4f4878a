/** A disk that runs full, for real: it is the kernel that takes no more bytes. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type SmallDisk = {
	folder: string;
	/** A file system of its own; where none may be mounted, ffmpeg's files may not grow instead. */
	isMounted: boolean;
	/** Leaves so many bytes. */
	fill(leaveBytes: number): Promise<void>;
	makeRoom(): Promise<void>;
	freeBytes(): Promise<number>;
	close(): Promise<void>;
};

/** Of so many bytes; in memory, and gone with `close`. */
export async function aSmallDisk(bytes: number): Promise<SmallDisk> {
	const folder = await mkdtemp(join(tmpdir(), 'small-disk-'));
	const isMounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'none', folder]).then(
		() => true,
		() => false
	);
	const ballast = join(folder, 'ballast');
	if (!isMounted) await limitFfmpeg(join(folder, 'bin'), ballast);
	return {
		folder,
		isMounted,
		async fill(leaveBytes) {
			const file = await open(ballast, 'w');
			const { bavail, bsize } = await statfs(folder);
			if (isMounted) await file.writeFile(Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
			await file.close();
			if (!isMounted) await writeFile(ballast, String(Math.ceil(leaveBytes / 1024)));
		},
		makeRoom: () => rm(ballast, { force: true }),
		async freeBytes() {
			const { bavail, bsize } = await statfs(folder);
			const isFull = await open(ballast).then(
				(file) => file.close().then(() => true),
				() => false
			);
			return isFull && !isMounted ? 0 : bavail * bsize;
		},
		async close() {
			// What is read most stays open as long as the process lives.
			if (isMounted) await run('umount', ['--lazy', folder]);
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** While a file says how many KiB are left, no file that ffmpeg writes grows beyond that (RLIMIT_FSIZE). */
async function limitFfmpeg(folder: string, left: string): Promise<void> {
	const real = execFileSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' }).trim();
	await mkdir(folder);
	const limit = `[ -e '${left}' ] && ulimit -f $(( $(cat '${left}') * 2 ))`;
	await writeFile(join(folder, 'ffmpeg'), `#!/bin/sh\n${limit}\nexec '${real}' "$@"\n`, {
		mode: 0o755
	});
	process.env.PATH = `${folder}${delimiter}${process.env.PATH ?? ''}`;
}
