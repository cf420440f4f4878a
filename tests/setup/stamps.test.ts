import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, isStale, stamp } from '../../src/setup/stamps.mjs';

let root: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'stamps-'));
	mkdirSync(join(root, 'src/deep'), { recursive: true });
	writeFileSync(join(root, 'src/deep/a.ts'), 'one');
	writeFileSync(join(root, 'src/b.ts'), 'two');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a stamp', () => {
	it('is stale while nothing was made, and fresh once made from these sources', () => {
		const file = join(root, 'build/.made-from');
		const hash = hashOf(root, ['src']);
		expect(isStale(file, hash)).toBe(true);
		stamp(file, hash);
		expect(isStale(file, hash)).toBe(false);
	});

	it('goes stale when a file deep inside changes, and when one is added or renamed', () => {
		const before = hashOf(root, ['src']);
		writeFileSync(join(root, 'src/deep/a.ts'), 'uno');
		const changed = hashOf(root, ['src']);
		writeFileSync(join(root, 'src/c.ts'), '');
		const added = hashOf(root, ['src']);
		expect(new Set([before, changed, added]).size).toBe(3);
	});

	it('cannot be fooled by text that moves from one file to the next', () => {
		const before = hashOf(root, ['src']);
		writeFileSync(join(root, 'src/deep/a.ts'), 'onetw');
		writeFileSync(join(root, 'src/b.ts'), 'o');
		expect(hashOf(root, ['src'])).not.toBe(before);
	});

	it('stays fresh when only the times of files change, as in a new clone', () => {
		const before = hashOf(root, ['src']);
		utimesSync(join(root, 'src/b.ts'), new Date(0), new Date(0));
		expect(hashOf(root, ['src'])).toBe(before);
	});

	it('takes no notice of what is left out or not there', () => {
		const before = hashOf(root, ['src', 'absent'], ['src/deep']);
		writeFileSync(join(root, 'src/deep/a.ts'), 'uno');
		expect(hashOf(root, ['src'], ['src/deep'])).toBe(before);
	});
});
