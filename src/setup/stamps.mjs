/** A stamp is a small file that says from which sources something was made. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A hash over names and contents of files and whole folders; the same on every machine.
 * @param {string} root
 * @param {string[]} paths relative to `root`; absent ones count as absent
 * @param {string[]} without relative paths to leave out
 * @returns {string} 64 hexadecimal digits
 */
export function hashOf(root, paths, without = []) {
	const hash = createHash('sha256');
	/** @param {string} path */
	const add = (path) => {
		const full = join(root, path);
		if (without.includes(path) || !existsSync(full)) return;
		if (statSync(full).isDirectory()) {
			for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
			return;
		}
		const content = readFileSync(full);
		hash.update(`${path}\0${content.length}\0`).update(content);
	};
	for (const path of paths) add(path);
	return hash.digest('hex');
}

/**
 * @param {string} stampFile
 * @param {string} hash
 * @returns {boolean} true when nothing was made yet, or from other sources
 */
export function isStale(stampFile, hash) {
	return !existsSync(stampFile) || readFileSync(stampFile, 'utf8').trim() !== hash;
}

/**
 * @param {string} stampFile
 * @param {string} hash
 */
export function stamp(stampFile, hash) {
	mkdirSync(dirname(stampFile), { recursive: true });
	writeFileSync(stampFile, `${hash}\n`);
}
