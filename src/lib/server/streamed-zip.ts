/** A ZIP archive that is written while it is being sent: no file of it is ever in memory as a whole. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One day for all entries: the same content makes the same bytes (a ZIP knows no time zones). */
const MTIME = new Date(2000, 0, 1);
/** Films are packed already, and what is stored as it is has a known size. */
const AS_IT_IS = { compress: false, mode: 0o100644, mtime: MTIME, forceDosTimestamp: true };

/** Its exact length, and its bytes. */
export type Archive = { sizeBytes: number; stream: Readable };

/**
 * When one of its files cannot be read (any more) the stream breaks off, so that nobody takes half of
 * it for the whole.
 */
export class StreamedZip {
	readonly #zip = new ZipFile();
	readonly #out = this.#zip.outputStream as Readable;
	readonly #open = new Set<Readable>();

	readonly #keep = (stream: Readable): Readable => {
		stream.once('error', this.#breakOff);
		this.#open.add(stream);
		stream.once('close', () => this.#open.delete(stream));
		if (this.#out.destroyed) stream.destroy();
		return stream;
	};

	readonly #breakOff = (error: unknown): void => void this.#out.destroy(error as Error);

	constructor() {
		this.#zip.on('error', this.#breakOff);
		// Whoever no longer wants it leaves a file open in the middle.
		this.#out.once('close', () => this.#open.forEach((stream) => stream.destroy()));
	}

	/**
	 * @param give is asked when it is this file's turn; every stream it goes through is told to `keep`,
	 *   so that it is closed when nobody wants the archive any more
	 */
	add(
		path: string,
		sizeBytes: number,
		give: (keep: (stream: Readable) => Readable) => Promise<Readable> | Readable
	): void {
		this.#zip.addReadStreamLazy(path, { ...AS_IT_IS, size: sizeBytes }, (answer) => {
			Promise.resolve()
				.then(() => give(this.#keep))
				.then((stream) => answer(null, stream), this.#breakOff);
		});
	}

	/** The same of a text that is known only when it is its turn. */
	addText(path: string, sizeBytes: number, text: () => string): void {
		this.add(path, sizeBytes, () => Readable.from([Buffer.from(text())], { objectMode: false }));
	}

	/** There is no further file. */
	end(): Promise<Archive> {
		return new Promise((resolve) => {
			this.#zip.end({ forceZip64Format: false, comment: '' }, (sizeBytes?: number) => {
				resolve({ sizeBytes: sizeBytes ?? 0, stream: this.#out });
			});
		});
	}
}
