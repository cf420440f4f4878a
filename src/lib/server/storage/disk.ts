import { randomUUID } from 'node:crypto';
import { createWriteStream, read } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { assertKey, Missing } from './key.ts';
import { type OpenFile, OpenFiles } from './open-files.ts';
import type { ByteRange, LocalCopy, Storage } from './storage.ts';

const readDescriptor = promisify(read);

/** A key never starts with a dot, so no key reaches what is still arriving. */
const INCOMING = '.incoming';
/** Leftovers of a crash: nothing that is still being written stands untouched for a day. */
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;
/** Fewer, larger reads: media is read in stretches of hundreds of kilobytes. */
const READ_BYTES = 256 * 1024;
/** A segment or less is read in one go: a stream's own start and end cost more than the bytes. */
const WHOLE_READ_BYTES = 1024 * 1024;
/** A class of 22 reads some 50 files at once; processes may usually hold 1,024. */
const MAX_OPEN_FILES = 256;

/** Storage in one folder of this machine, created when first needed. */
export function diskStorage(folder: string): Storage {
	const root = resolve(folder);
	const incoming = join(root, INCOMING);
	const openFiles = new OpenFiles(MAX_OPEN_FILES);
	let ready: Promise<void> | undefined;

	const pathOf = (key: string): string => {
		assertKey(key);
		return join(root, key);
	};
	const newArrival = async (): Promise<string> => {
		ready ??= prepareIncoming(incoming);
		await ready;
		return join(incoming, randomUUID());
	};
	const publish = async (arrived: string, key: string): Promise<void> => {
		const path = pathOf(key);
		await mkdir(dirname(path), { recursive: true });
		await rename(arrived, path);
		openFiles.forget(path);
		await syncFolders(dirname(path), root);
	};

	return {
		async put(key: string, source: Readable | Uint8Array): Promise<void> {
			assertKey(key);
			const arriving = await newArrival();
			try {
				await writeDurably(arriving, source);
				await publish(arriving, key);
			} catch (error) {
				await rm(arriving, { force: true });
				throw error;
			}
		},

		async adopt(key: string, path: string): Promise<void> {
			assertKey(key);
			const arriving = await newArrival();
			// Before the move, so that a key that cannot be leaves the file where it is.
			await mkdir(dirname(pathOf(key)), { recursive: true });
			try {
				await moveDurably(path, arriving);
				await publish(arriving, key);
			} catch (error) {
				// A finished file may be hours of work: give it back rather than delete it.
				await rename(arriving, path).catch(() => undefined);
				throw error;
			}
		},

		async read(key: string, range?: ByteRange): Promise<Readable> {
			if (range && range.end - range.start < WHOLE_READ_BYTES) {
				const whole = await openFiles.use(pathOf(key), (file) => readWhole(file, range));
				if (!whole) throw new Missing(key);
				return whole;
			}
			const handle = await open(pathOf(key), 'r').catch(missingIfAbsent(key));
			try {
				const found = await handle.stat();
				if (!found.isFile()) throw new Missing(key);
				if (range) assertRange(range, found.size);
				return handle.createReadStream({ ...range, highWaterMark: READ_BYTES });
			} catch (error) {
				await handle.close();
				throw error;
			}
		},

		async stat(key: string): Promise<{ sizeBytes: number } | undefined> {
			return openFiles.use(pathOf(key), ({ sizeBytes }) => Promise.resolve({ sizeBytes }));
		},

		async copy(from: string, to: string): Promise<void> {
			const source = pathOf(from);
			assertKey(to);
			const arriving = await newArrival();
			try {
				await linkAll(source, arriving).catch(missingIfAbsent(from));
				await publish(arriving, to);
			} catch (error) {
				await rm(arriving, { recursive: true, force: true });
				throw error;
			}
		},

		async remove(prefix: string): Promise<void> {
			const path = pathOf(prefix);
			// Moved out of sight first: a reader never meets half of a folder.
			const leaving = await newArrival();
			const isGone = await rename(path, leaving).then(() => true, undefinedIfAbsent);
			if (!isGone) return;
			openFiles.forget(path);
			await syncFolders(dirname(path), root);
			await rm(leaving, { recursive: true, force: true });
		},

		async localCopy(key: string): Promise<LocalCopy> {
			const path = pathOf(key);
			const found = await stat(path).catch(missingIfAbsent(key));
			if (!found.isFile()) throw new Missing(key);
			return { path, release: async () => undefined };
		}
	};
}

async function prepareIncoming(incoming: string): Promise<void> {
	await mkdir(incoming, { recursive: true });
	for (const name of await readdir(incoming)) {
		const path = join(incoming, name);
		const found = await stat(path).catch(undefinedIfAbsent);
		if (found && Date.now() - found.mtimeMs > LEFTOVER_AGE_MS) {
			await rm(path, { recursive: true, force: true });
		}
	}
}

async function writeDurably(path: string, source: Readable | Uint8Array): Promise<void> {
	if (source instanceof Uint8Array) {
		const handle = await open(path, 'wx');
		try {
			await handle.writeFile(source);
			await handle.sync();
		} finally {
			await handle.close();
		}
		return;
	}
	// `flush` asks for an fsync before the stream closes.
	await pipeline(source, createWriteStream(path, { flags: 'wx', flush: true }));
}

async function moveDurably(from: string, to: string): Promise<void> {
	await sync(from);
	try {
		await rename(from, to);
	} catch (error) {
		if (codeOf(error) !== 'EXDEV') throw error;
		// Another file system: a rename cannot cross it.
		await copyFile(from, to);
		await sync(to);
		await rm(from);
	}
}

/**
 * Stored bytes never change (what is put anew comes by a rename), so two names may share them: a
 * copy costs neither time nor room, and lasts as long as either name does.
 */
async function linkAll(from: string, to: string): Promise<void> {
	if ((await stat(from)).isFile()) {
		return await link(from, to).catch((error: unknown) => {
			// File systems without links, or with too many of this one.
			if (!['EPERM', 'EMLINK', 'ENOTSUP', 'EXDEV'].includes(String(codeOf(error)))) throw error;
			return copyFile(from, to).then(() => sync(to));
		});
	}
	await mkdir(to);
	for (const name of await readdir(from)) await linkAll(join(from, name), join(to, name));
	await sync(to);
}

/** A rename survives a power cut only once the folder holding the name is on the disk too. */
async function syncFolders(from: string, root: string): Promise<void> {
	for (let folder = from; ; folder = dirname(folder)) {
		await sync(folder);
		if (folder === root || folder === dirname(folder)) return;
	}
}

async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function assertRange(range: ByteRange, sizeBytes: number): void {
	const { start, end } = range;
	const isSound = Number.isSafeInteger(start) && Number.isSafeInteger(end);
	if (!isSound || start < 0 || end < start || start >= sizeBytes) {
		throw new RangeError(`bytes ${start}-${end} of ${sizeBytes}`);
	}
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** ENOTDIR too: below a file there is nothing. */
function isAbsence(error: unknown): boolean {
	return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function undefinedIfAbsent(error: unknown): undefined {
	if (!isAbsence(error)) throw error;
	return undefined;
}

function missingIfAbsent(key: string): (error: unknown) => never {
	return (error) => {
		throw isAbsence(error) ? new Missing(key) : error;
	};
}

async function readWhole(file: OpenFile, range: ByteRange): Promise<Readable> {
	assertRange(range, file.sizeBytes);
	const length = Math.min(range.end, file.sizeBytes - 1) - range.start + 1;
	const bytes = Buffer.allocUnsafe(length);
	const { bytesRead } = await readDescriptor(file.descriptor, bytes, 0, length, range.start);
	return Readable.from([bytes.subarray(0, bytesRead)], { objectMode: false });
}
