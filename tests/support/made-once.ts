/**
 * What several test files need and takes seconds to make: made by the one that needs it first, kept
 * for this run and no longer, so that nothing is tested as it was yesterday.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		madeOnce: string;
	}
}

/** For vitest's `globalSetup`: the folder of this run, and its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'yun-wusheng-once-'));
	project.provide('madeOnce', folder);
	// While somebody changes the code and watches: what was made of the old is no longer true.
	project.onTestsRerun(async () => {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder);
	});
	return () => rm(folder, { recursive: true, force: true });
}

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

/**
 * The folder of this name, made by `make` unless it is there; whoever comes meanwhile waits for it.
 * Nobody may change it afterwards.
 */
export async function madeOnce(
	name: string,
	make: (folder: string) => Promise<unknown>
): Promise<string> {
	const target = join(inject('madeOnce'), name);
	const draft = `${target}.draft`;
	const maker = `${target}.maker`;
	while (!existsSync(target)) {
		const isMine = await writeFile(maker, String(process.pid), { flag: 'wx' }).then(
			() => true,
			() => false
		);
		if (!isMine) {
			// A file that was stopped in the middle leaves it to the next.
			const pid = Number(await readFile(maker, 'utf8').catch(() => '0'));
			if (pid > 0 && pid !== process.pid && !isAlive(pid)) await rm(maker, { force: true });
			await pause(100);
			continue;
		}
		try {
			if (existsSync(target)) break;
			await rm(draft, { recursive: true, force: true });
			await mkdir(draft, { recursive: true });
			await make(draft);
			await rename(draft, target);
		} finally {
			await rm(maker, { force: true });
		}
	}
	return target;
}
