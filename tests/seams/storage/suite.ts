import { mkdtemp, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { BadKey, isKey, Missing } from '#lib/server/storage/key.ts';
import type { Storage } from '#lib/server/storage/storage.ts';

const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

/** What every storage promises, run once per implementation; `open` answers an empty one. */
export function storageKeepsItsPromises(name: string, open: () => Promise<Storage>): void {
	describe(`storage on ${name}`, () => {
		let storage: Storage;
		beforeEach(async () => {
			storage = await open();
		});

		test('gives back what was put, from bytes and from a stream', async () => {
			const large = Buffer.alloc(3_000_000, 'yun');
			await storage.put('a/one.bin', bytes('一块月饼'));
			await storage.put('a/two.bin', Readable.from([large.subarray(0, 99), large.subarray(99)]));
			expect(await text(await storage.read('a/one.bin'))).toBe('一块月饼');
			expect((await buffer(await storage.read('a/two.bin'))).equals(large)).toBe(true);
			expect(await storage.stat('a/two.bin')).toEqual({ sizeBytes: large.length });
		});

		test('keeps an empty file', async () => {
			await storage.put('empty', new Uint8Array());
			expect(await storage.stat('empty')).toEqual({ sizeBytes: 0 });
			expect(await text(await storage.read('empty'))).toBe('');
		});

		test('reads a range with both ends included, and ends at the last byte', async () => {
			await storage.put('r', bytes('0123456789'));
			expect(await text(await storage.read('r', { start: 2, end: 4 }))).toBe('234');
			expect(await text(await storage.read('r', { start: 0, end: 0 }))).toBe('0');
			expect(await text(await storage.read('r', { start: 8, end: 999 }))).toBe('89');
		});

		test('copies a key and a whole prefix, and each lives on without the other', async () => {
			await storage.put('from/a/one', bytes('1'));
			await storage.put('from/two', bytes('2'));
			await storage.copy('from/two', 'key/to');
			await storage.copy('from', 'to/here');
			await storage.put('from/two', bytes('changed'));
			await storage.remove('from/a');
			expect(await text(await storage.read('key/to'))).toBe('2');
			expect(await text(await storage.read('to/here/two'))).toBe('2');
			expect(await text(await storage.read('to/here/a/one'))).toBe('1');
			await storage.remove('to/here');
			expect(await text(await storage.read('from/two'))).toBe('changed');
			await expect(storage.copy('nothing', 'else')).rejects.toThrow(Missing);
			expect(await storage.stat('else')).toBeUndefined();
			await expect(storage.copy('from/two', '../out')).rejects.toThrow(BadKey);
		});

		test('refuses a range that holds no byte', async () => {
			await storage.put('r', bytes('0123456789'));
			for (const range of [
				{ start: 10, end: 12 },
				{ start: 4, end: 3 },
				{ start: -1, end: 3 },
				{ start: 0.5, end: 3 }
			]) {
				await expect(storage.read('r', range)).rejects.toThrow(RangeError);
			}
		});

		test('says that nothing is there, for a key and for a mere prefix', async () => {
			await storage.put('course/lesson/video.mp4', bytes('x'));
			for (const key of ['nothing', 'course', 'course/lesson', 'course/lesson/video.mp4/deeper']) {
				expect(await storage.stat(key)).toBeUndefined();
				await expect(storage.read(key)).rejects.toThrow(Missing);
				await expect(storage.localCopy(key)).rejects.toThrow(Missing);
			}
		});

		test('keeps the old content when a source breaks half way, and leaves no half', async () => {
			await storage.put('kept', bytes('old'));
			const breaking = (): Readable =>
				Readable.from(
					(async function* () {
						yield Buffer.from('new');
						throw new Error('the line was cut');
					})()
				);
			await expect(storage.put('kept', breaking())).rejects.toThrow('the line was cut');
			await expect(storage.put('never', breaking())).rejects.toThrow('the line was cut');
			expect(await text(await storage.read('kept'))).toBe('old');
			expect(await storage.stat('never')).toBeUndefined();
		});

		test('lets a reader finish the old content while new content takes its place', async () => {
			const old = Buffer.alloc(2_000_000, 'old');
			await storage.put('shared', old);
			const reading = await storage.read('shared');
			await storage.put('shared', bytes('new'));
			expect((await buffer(reading)).equals(old)).toBe(true);
			expect(await text(await storage.read('shared'))).toBe('new');
		});

		test('keeps one whole content when two writers meet', async () => {
			const contents = ['a', 'b', 'c', 'd'].map((letter) => Buffer.alloc(500_000, letter));
			await Promise.all(contents.map((content) => storage.put('met', content)));
			const kept = await buffer(await storage.read('met'));
			expect(contents.some((content) => content.equals(kept))).toBe(true);
		});

		test('adopts a finished file, which is then gone from where it was', async () => {
			const folder = await mkdtemp(join(tmpdir(), 'adopt-'));
			const path = join(folder, 'finished.mp4');
			await writeFile(path, 'finished');
			await storage.adopt('lesson/finished.mp4', path);
			expect(await text(await storage.read('lesson/finished.mp4'))).toBe('finished');
			expect(await readdir(folder)).toEqual([]);
			await rmdir(folder);
		});

		test('gives a local copy with the same bytes', async () => {
			await storage.put('local', bytes('same bytes'));
			const copy = await storage.localCopy('local');
			expect(await readFile(copy.path, 'utf8')).toBe('same bytes');
			await copy.release();
			expect(await text(await storage.read('local'))).toBe('same bytes');
		});

		test('removes a key and what is below it, but not its neighbours', async () => {
			for (const key of ['a/b/1', 'a/b/c/2', 'a/bc', 'a/d']) await storage.put(key, bytes(key));
			await storage.remove('a/b');
			await storage.remove('a/d');
			await storage.remove('a/never-there');
			expect(await storage.stat('a/b/1')).toBeUndefined();
			expect(await storage.stat('a/b/c/2')).toBeUndefined();
			expect(await storage.stat('a/d')).toBeUndefined();
			expect(await storage.stat('a/bc')).toEqual({ sizeBytes: 4 });
		});

		test('refuses what is no key in every function', async () => {
			for (const key of [
				'',
				'/etc/passwd',
				'../out',
				'a/../../out',
				'a/..',
				'a..b',
				'.hidden',
				'a/.incoming/x',
				'a//b',
				'a/',
				'A',
				'a\\b',
				'a\0b',
				'a b',
				'%2e%2e/x',
				'月饼',
				'a\n',
				'x'.repeat(201),
				'x/'.repeat(300) + 'x'
			]) {
				await expect(storage.put(key, bytes('x')), key).rejects.toThrow(BadKey);
				await expect(storage.adopt(key, '/nowhere'), key).rejects.toThrow(BadKey);
				await expect(storage.read(key), key).rejects.toThrow(BadKey);
				await expect(storage.stat(key), key).rejects.toThrow(BadKey);
				await expect(storage.remove(key), key).rejects.toThrow(BadKey);
				await expect(storage.localCopy(key), key).rejects.toThrow(BadKey);
			}
		});

		test('accepts no text as a key that could climb out of its folder', () => {
			const risky = fc.array(fc.constantFrom('.', '..', '/', 'a', '-', '\\', '\0', 'Z', '%'));
			fc.assert(
				fc.property(risky, (parts) => {
					const key = parts.join('');
					if (!isKey(key)) return;
					const resolved = new URL(key, 'file:///root/').pathname;
					expect(resolved).toBe(`/root/${key}`);
				}),
				{ numRuns: 2000 }
			);
		});
	});
}
