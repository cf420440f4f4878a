import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { storageKeepsItsPromises } from './suite.ts';

const folders: string[] = [];
async function newFolder(parent = tmpdir()): Promise<string> {
	const folder = await mkdtemp(join(parent, 'storage-'));
	folders.push(folder);
	return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

storageKeepsItsPromises('disk', async () => diskStorage(join(await newFolder(), 'not-yet-there')));

test('a broken put leaves no file behind on the disk', async () => {
	const folder = await newFolder();
	const storage = diskStorage(folder);
	const broken = new Readable({ read: () => undefined });
	broken.push('half');
	setTimeout(() => broken.destroy(new Error('cut')), 20);
	await expect(storage.put('half', broken)).rejects.toThrow('cut');
	expect(await readdir(folder, { recursive: true })).toEqual(['.incoming']);
});

test('leftovers of a crash are swept after a day, what is still arriving is not', async () => {
	const folder = await newFolder();
	await mkdir(join(folder, '.incoming'));
	const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
	await writeFile(join(folder, '.incoming', 'leftover'), 'x');
	await utimes(join(folder, '.incoming', 'leftover'), yesterday, yesterday);
	await writeFile(join(folder, '.incoming', 'arriving'), 'x');
	await diskStorage(folder).put('a', Buffer.from('a'));
	expect(await readdir(join(folder, '.incoming'))).toEqual(['arriving']);
});

test('a file on another file system is adopted by copying', async () => {
	const folder = await newFolder();
	const elsewhere = await newFolder('/dev/shm');
	await writeFile(join(elsewhere, 'far'), 'from afar');
	await diskStorage(folder).adopt('far', join(elsewhere, 'far'));
	expect(await text(await diskStorage(folder).read('far'))).toBe('from afar');
	expect(await readdir(elsewhere)).toEqual([]);
});

test('a file that cannot be published stays where it was', async () => {
	const folder = await newFolder();
	const storage = diskStorage(folder);
	await storage.put('a', Buffer.from('a'));
	const path = join(await newFolder(), 'finished');
	await writeFile(path, 'hours of work');
	await expect(storage.adopt('a/below-a-file', path)).rejects.toThrow();
	expect(await readFile(path, 'utf8')).toBe('hours of work');
});
