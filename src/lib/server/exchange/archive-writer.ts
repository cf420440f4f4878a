/** Writes an archive while it is being sent: no file of it is ever in memory as a whole. */
import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { ZipFile } from 'yazl';
import { type CourseDocument, DOCUMENT_PATH, filesOf } from '#lib/domain/course-archive.ts';
import type { Storage } from '../storage/storage.ts';
import type { Content, Source } from './content.ts';

/** One day for all entries: the same course makes the same bytes (a ZIP knows no time zones). */
const MTIME = new Date(2000, 0, 1);
/** Films are packed already, and what is stored as it is has a known size. */
const AS_IT_IS = { compress: false, mode: 0o100644, mtime: MTIME, forceDosTimestamp: true };

export type Archive = { sizeBytes: number; stream: Readable };

/**
 * @returns the archive's exact length, and its bytes; when one of its files cannot be read any more
 *   the stream breaks off, so that nobody takes half of it for the whole
 */
export function archiveOf(content: Content, storage: Storage): Promise<Archive> {
	const zip = new ZipFile();
	const out = zip.outputStream as Readable;
	const open = new Set<Readable>();
	const digests = new Map<string, string>();
	const breakOff = (error: Error) => out.destroy(error);
	zip.on('error', breakOff);
	// Whoever no longer wants it leaves a file open in the middle.
	out.once('close', () => open.forEach((stream) => stream.destroy()));

	const opened = async (source: Source): Promise<Readable> => {
		const bytes =
			'key' in source
				? await storage.read(source.key)
				: Readable.from([Buffer.from(source.text)], { objectMode: false });
		const hashed = bytes.pipe(hashing((digest) => digests.set(source.path, digest)));
		bytes.once('error', (error) => hashed.destroy(error));
		hashed.once('error', breakOff);
		for (const stream of [bytes, hashed]) {
			open.add(stream);
			stream.once('close', () => open.delete(stream));
		}
		if (out.destroyed) open.forEach((stream) => stream.destroy());
		return hashed;
	};

	for (const source of content.sources)
		zip.addReadStreamLazy(source.path, { ...AS_IT_IS, size: source.sizeBytes }, (give) => {
			opened(source).then(
				(stream) => give(null, stream),
				(error: unknown) => breakOff(error as Error)
			);
		});
	// Last, since only now every file has been read. A sha256 is as long as its placeholder.
	const size = Buffer.byteLength(textOf(content.document));
	zip.addReadStreamLazy(DOCUMENT_PATH, { ...AS_IT_IS, size }, (give) => {
		for (const file of filesOf(content.document)) file.sha256 = digests.get(file.path) ?? '';
		give(null, Readable.from([Buffer.from(textOf(content.document))], { objectMode: false }));
	});
	return new Promise((resolve) => {
		zip.end({ forceZip64Format: false, comment: '' }, (sizeBytes?: number) => {
			resolve({ sizeBytes: sizeBytes ?? 0, stream: out });
		});
	});
}

const textOf = (document: CourseDocument): string => `${JSON.stringify(document, null, '\t')}\n`;

/** Passes bytes on, and tells their SHA-256 once all have passed. */
export function hashing(told: (sha256: string) => void): Transform {
	const hash = createHash('sha256');
	return new Transform({
		transform(chunk: Uint8Array, _encoding, done) {
			hash.update(chunk);
			done(null, chunk);
		},
		flush(done) {
			told(hash.digest('hex'));
			done();
		}
	});
}
