/** The oldest Node that runs our TypeScript as it stands (type stripping) and our SQLite. */
export const neededNode = '22.18.0';

/**
 * @param {string} version as `process.version` or `node -v` write it, with or without the `v`
 * @returns {[number, number, number]}
 */
export function parseVersion(version) {
	const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version.trim());
	if (!parts) throw new Error(`not a version: ${version}`);
	return [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
}

/**
 * @param {string} version
 * @param {string} needed
 * @returns {boolean} whether `version` is `needed` or newer
 */
export function isAtLeast(version, needed) {
	const have = parseVersion(version);
	const want = parseVersion(needed);
	for (const part of /** @type {const} */ ([0, 1, 2])) {
		if (have[part] !== want[part]) return have[part] > want[part];
	}
	return true;
}
