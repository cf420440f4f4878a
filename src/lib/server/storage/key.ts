/** At most this many characters, so that a key fits every file system and S3 (1,024 bytes). */
export const KEY_LENGTH_MAX = 512;
/** A name longer than 255 bytes fails on ext4; the room left serves temporary suffixes. */
export const SEGMENT_LENGTH_MAX = 200;

const SEGMENT = /^[a-z0-9_-][a-z0-9._-]*$/;

/**
 * Whether a text may name something in storage: lower-case segments `[a-z0-9._-]` joined by `/`,
 * none starting with a dot and none holding `..`. Lower case only, because some disks cannot tell
 * `A` from `a` while S3 can.
 */
export function isKey(text: string): boolean {
	if (text.length === 0 || text.length > KEY_LENGTH_MAX) return false;
	return text
		.split('/')
		.every(
			(segment) =>
				segment.length <= SEGMENT_LENGTH_MAX && SEGMENT.test(segment) && !segment.includes('..')
		);
}

/** Throws `BadKey` unless `isKey(text)`. */
export function assertKey(text: string): void {
	if (!isKey(text)) throw new BadKey(text);
}

/** A programming error: keys are made by us, never taken from a request as they are. */
export class BadKey extends Error {
	override name = 'BadKey';
	constructor(key: string) {
		super(`not a storage key: ${JSON.stringify(key.slice(0, 80))}`);
	}
}

/** Nothing is stored under this key. */
export class Missing extends Error {
	override name = 'Missing';
	readonly key: string;
	constructor(key: string) {
		super(`nothing is stored under ${key}`);
		this.key = key;
	}
}
