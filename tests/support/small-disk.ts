/** A disk that runs full, for real: writing to it is answered with ENOSPC by the kernel. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type SmallDisk = {
	folder: string;
	/** A file system of its own; else, where none may be mounted, only ffmpeg's files find no room. */
	isMounted: boolean;
	/** Leaves so many bytes. */
	fill(leaveBytes: number): Promise<void>;
	makeRoom(): Promise<void>;
	freeBytes(): Promise<number>;
	/** Call it when ffmpeg is about to write these files into a folder. */
	hinder(folder: string, names: readonly string[]): Promise<void>;
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
	let isFull = false;
	return {
		folder,
		isMounted,
		async fill(leaveBytes) {
			isFull = true;
			if (!isMounted) return;
			const { bavail, bsize } = await statfs(folder);
			const file = await open(ballast, 'w');
			await file.writeFile(Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
			await file.close();
		},
		async makeRoom() {
			isFull = false;
			await rm(ballast, { force: true });
		},
		async freeBytes() {
			if (isFull && !isMounted) return 0;
			const { bavail, bsize } = await statfs(folder);
			return bavail * bsize;
		},
		async hinder(where, names) {
			if (!isFull || isMounted) return;
			await mkdir(where, { recursive: true });
			for (const name of names)
				await symlink('/dev/full', join(where, name)).catch((error: NodeJS.ErrnoException) => {
					if (error.code !== 'EEXIST') throw error;
				});
		},
		async close() {
			// What is read most stays open as long as the process lives.
			if (isMounted) await run('umount', ['--lazy', folder]);
			await rm(folder, { recursive: true, force: true });
		}
	};
}
