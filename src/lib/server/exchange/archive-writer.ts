/** Writes a course as an archive, while it is being sent. */
import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { type CourseDocument, DOCUMENT_PATH, filesOf } from '#lib/domain/course-archive.ts';
import type { Storage } from '../storage/storage.ts';
import { type Archive, StreamedZip } from '../streamed-zip.ts';
import type { Content } from './content.ts';

/** The course as an archive; a file that cannot be read any more breaks it off. */
export function archiveOf(content: Content, storage: Storage): Promise<Archive> {
	const zip = new StreamedZip();
	const digests = new Map<string, string>();
	for (const source of content.sources)
		zip.add(source.path, source.sizeBytes, async (keep) => {
			const bytes = keep(
				'key' in source
					? await storage.read(source.key)
					: Readable.from([Buffer.from(source.text)], { objectMode: false })
			);
			return keep(bytes.pipe(hashing((digest) => digests.set(source.path, digest))));
		});
	// Last, since only now every file has been read. A sha256 is as long as its placeholder.
	const size = Buffer.byteLength(textOf(content.document));
	zip.addText(DOCUMENT_PATH, size, () => {
		for (const file of filesOf(content.document)) file.sha256 = digests.get(file.path) ?? '';
		return textOf(content.document);
	});
	return zip.end();
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
