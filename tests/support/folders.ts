import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** @returns a function answering one new, empty folder, which is removed when the suite ends */
export function inFolder(): () => string {
	let folder: string | undefined;
	afterAll(() => {
		if (folder) rmSync(folder, { recursive: true, force: true });
	});
	return () => (folder ??= mkdtempSync(join(tmpdir(), 'yun-wusheng-test-')));
}
