/**
 * Keeps the files that are read most open: a segment is then one read, instead of looking, opening,
 * measuring, reading and closing (measured: file calls were a third of what streaming costs).
 * For content that does not change under its name; who replaces or removes a file says so.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';

// By descriptor: a FileHandle that nobody holds any more is an error to Node, and these are meant
// to stay open until the process ends.
const open = promisify(fs.open);
const measure = promisify(fs.fstat);
const close = promisify(fs.close);

export type OpenFile = { descriptor: number; sizeBytes: number };
type Opened = OpenFile & { users: number; isLeaving: boolean };

export class OpenFiles {
	readonly #max: number;
	/** The one used longest ago comes first. */
	readonly #files = new Map<string, Promise<Opened | undefined>>();

	constructor(max: number) {
		this.#max = max;
	}

	/**
	 * Does something with an open file, which stays open while it lasts.
	 * @returns undefined when there is no such file (a folder is none)
	 */
	async use<T>(path: string, work: (file: OpenFile) => Promise<T>): Promise<T | undefined> {
		const opening = this.#files.get(path) ?? openFile(path);
		this.#files.delete(path);
		this.#files.set(path, opening);
		// Counted the moment it is open: whoever lets it go afterwards finds it in use.
		const taken = opening.then((opened) => {
			if (opened) opened.users += 1;
			return opened;
		});
		const file = await taken.catch((error: unknown) => {
			if (this.#files.get(path) === opening) this.#files.delete(path);
			throw error;
		});
		if (!file) {
			if (this.#files.get(path) === opening) this.#files.delete(path);
			return undefined;
		}
		this.#makeRoom();
		try {
			return await work(file);
		} finally {
			file.users -= 1;
			if (file.isLeaving) await closeUnused(file);
		}
	}

	/** The file at `path`, and all below it, are no longer what they were. */
	forget(path: string): void {
		for (const known of [...this.#files.keys()])
			if (known === path || known.startsWith(`${path}/`)) this.#leave(known);
	}

	#makeRoom(): void {
		for (const path of this.#files.keys()) {
			if (this.#files.size <= this.#max) return;
			this.#leave(path);
		}
	}

	#leave(path: string): void {
		const opening = this.#files.get(path);
		this.#files.delete(path);
		opening
			?.then((file) => {
				if (!file) return;
				file.isLeaving = true;
				return closeUnused(file);
			})
			.catch(() => undefined); // it could not be opened: nothing to close
	}
}

async function closeUnused(file: Opened): Promise<void> {
	if (file.users > 0) return;
	file.users = Infinity; // closed once
	await close(file.descriptor);
}

async function openFile(path: string): Promise<Opened | undefined> {
	const descriptor = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
		throw error;
	});
	if (descriptor === undefined) return undefined;
	const found = await measure(descriptor);
	if (found.isFile()) return { descriptor, sizeBytes: found.size, users: 0, isLeaving: false };
	await close(descriptor);
	return undefined;
}
