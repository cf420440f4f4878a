import type { Readable } from 'node:stream';

/** Bytes `start` to `end`, both included, counted from 0, as in an HTTP `Range`. */
export type ByteRange = { start: number; end: number };

/** A file to be read by another program; `release` lets an implementation delete its copy. */
export type LocalCopy = { path: string; release(): Promise<void> };

/**
 * Where media lives: named by keys (see `key.ts`), moved as streams, so that a disk today can be
 * S3 later. Every function throws `BadKey` for what is no key. A key that other keys go through
 * (`a` beside `a/b`) is refused by some implementations: do not make such pairs.
 */
export interface Storage {
	/**
	 * Stores all of `source`, or nothing: a reader sees the old content or the new, and what was
	 * acknowledged survives a power cut. Rejects with the stream's error when the source breaks.
	 */
	put(key: string, source: Readable | Uint8Array): Promise<void>;
	/** Like `put`, for a finished file on this machine, which is gone from `path` afterwards. */
	adopt(key: string, path: string): Promise<void>;
	/**
	 * The content, or a part of it. An `end` past the last byte means the last byte. Throws
	 * `Missing`, or `RangeError` when the range holds no byte.
	 */
	read(key: string, range?: ByteRange): Promise<Readable>;
	/** Size, or undefined when nothing is stored there. */
	stat(key: string): Promise<{ sizeBytes: number } | undefined>;
	/**
	 * Makes `to` the same as `from`: the key itself or everything below `from/`, all of it or nothing,
	 * without its bytes passing through here. Either can be replaced or removed later on its own.
	 * Throws `Missing`. There must be nothing at `to`.
	 */
	copy(from: string, to: string): Promise<void>;
	/** Removes the key itself and everything below `prefix/`. Nothing there is not an error. */
	remove(prefix: string): Promise<void>;
	/** The content as a file, to be read only. Throws `Missing`. Call `release` when done. */
	localCopy(key: string): Promise<LocalCopy>;
}
