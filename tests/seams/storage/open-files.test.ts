import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenFile, OpenFiles } from '#lib/server/storage/open-files.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'open-files-'));
	for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), name.repeat(3));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const descriptor = (files: OpenFiles, name: string) =>
	files.use(at(name), (file: OpenFile) => Promise.resolve(file.descriptor));
const isOpen = (known: number | undefined): boolean => {
	try {
		return known !== undefined && fstatSync(known).isFile();
	} catch {
		return false;
	}
};

describe('files kept open', () => {
	test('a file read twice is opened once', async () => {
		const files = new OpenFiles(2);
		expect(await descriptor(files, 'a')).toBe(await descriptor(files, 'a'));
	});

	test('the one used longest ago is closed when there are too many', async () => {
		const files = new OpenFiles(2);
		const a = await descriptor(files, 'a');
		const b = await descriptor(files, 'b');
		await descriptor(files, 'a');
		await descriptor(files, 'c');
		await expect.poll(() => isOpen(b)).toBe(false);
		expect(isOpen(a)).toBe(true);
	});

	test('a file let go while it is read stays open until the reading ends', async () => {
		const files = new OpenFiles(2);
		let known: number | undefined;
		await files.use(at('a'), async (file) => {
			known = file.descriptor;
			files.forget(folder);
			await new Promise((resolve) => setTimeout(resolve, 20));
			expect(isOpen(known)).toBe(true);
		});
		expect(isOpen(known)).toBe(false);
	});

	test('let go in the same moment as it is asked for, it can still be read', async () => {
		const files = new OpenFiles(2);
		await descriptor(files, 'a');
		const reading = files.use(at('a'), (file) => Promise.resolve(isOpen(file.descriptor)));
		files.forget(at('a'));
		expect(await reading).toBe(true);
	});

	test('what is not there, or is a folder, is not there; and is looked for again', async () => {
		const files = new OpenFiles(2);
		expect(await descriptor(files, 'd')).toBeUndefined();
		expect(await files.use(folder, () => Promise.resolve(1))).toBeUndefined();
		await writeFile(at('d'), 'new');
		expect(await files.use(at('d'), ({ sizeBytes }) => Promise.resolve(sizeBytes))).toBe(3);
	});
});
