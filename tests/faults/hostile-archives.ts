/** Archives made to do harm. */
import type { ArchivedFile, CourseDocument } from '#lib/domain/course-archive.ts';
import { aCourseOf, archiveOf, documentEntry, fileOf, FILM } from '../support/archived.ts';
import { aTaskAsArchived } from '../support/tasks.ts';
import { zipOf } from '../support/zip.ts';

/** The document, with something in it changed. */
const changed = (film: Buffer, change: (document: CourseDocument) => unknown) => {
	const { document, files } = aCourseOf(film);
	return archiveOf({ document: change(document) ?? document, files });
};
const beside = (film: Buffer, name: string, mode?: number) =>
	archiveOf(aCourseOf(film), [{ name, data: Buffer.from('x'), ...(mode && { mode }) }]);
/** A page under a name that stands for something else. */
function withPage(
	film: Buffer,
	path: string,
	change: (document: CourseDocument, file: ArchivedFile) => unknown
): Buffer {
	const page = Buffer.from('<svg onload="alert(1)"/>'.repeat(9));
	const { document, files } = aCourseOf(film);
	change(document, fileOf(path, page));
	return archiveOf({ document, files: { ...files, [path]: page } });
}
const MANY = 25_000;
const BOMB_BYTES = 60 * 1024 * 1024;

/** Each with the code of its refusal; the film is one that would be taken. */
export const hostile: Record<string, { bytesWith: (film: Buffer) => Buffer; code: string }> = {
	'that is no ZIP': {
		bytesWith: () => Buffer.from('月饼'.repeat(100)),
		code: 'archive_not_zip'
	},
	'that is cut off': {
		bytesWith: (film) => archiveOf(aCourseOf(film)).subarray(0, 3000),
		code: 'archive_not_zip'
	},
	'without a course': {
		bytesWith: () => zipOf([{ name: 'photo.jpg', data: Buffer.from('x') }]),
		code: 'archive_not_course'
	},
	'that climbs out of its folder': {
		bytesWith: (film) => beside(film, '../evil.txt'),
		code: 'archive_entry'
	},
	'that climbs in the middle': {
		bytesWith: (film) => beside(film, 'a/../../evil'),
		code: 'archive_entry'
	},
	'with an absolute path': {
		bytesWith: (film) => beside(film, '/etc/cron.d/evil'),
		code: 'archive_entry'
	},
	'with a path of Windows': {
		bytesWith: (film) => beside(film, 'C:\\evil.txt'),
		code: 'archive_entry'
	},
	'with a symbolic link': {
		bytesWith: (film) => beside(film, 'link', 0o120777),
		code: 'archive_entry'
	},
	'with a file nobody named': {
		bytesWith: (film) => beside(film, 'extra.html'),
		code: 'archive_entry'
	},
	'with one name twice': { bytesWith: (film) => beside(film, FILM), code: 'archive_twice' },
	'with one name in two cases': {
		bytesWith: (film) => beside(film, FILM.toUpperCase()),
		code: 'archive_twice'
	},
	'that is encrypted': {
		bytesWith: (film) =>
			archiveOf(aCourseOf(film), [{ name: 'e', data: Buffer.alloc(13), saysBytes: 1, flags: 1 }]),
		code: 'archive_entry'
	},
	'that unpacks to very much': {
		bytesWith: (film) =>
			archiveOf(aCourseOf(film), [{ name: 'b', data: Buffer.alloc(BOMB_BYTES), isPacked: true }]),
		code: 'archive_bomb'
	},
	'whose entries share their bytes': {
		bytesWith: (film) =>
			archiveOf(aCourseOf(film), [
				{ name: 'one', data: Buffer.alloc(5000, 1) },
				{ name: 'two', data: Buffer.alloc(5000, 1), isShared: true }
			]),
		code: 'archive_bomb'
	},
	'with very many files': {
		bytesWith: () =>
			zipOf(
				Array.from({ length: MANY }, (_, index) => ({ name: `f${index}`, data: Buffer.alloc(0) }))
			),
		code: 'archive_too_many'
	},
	'that says there are more files than there are': {
		bytesWith: (film) => zipOf([documentEntry(aCourseOf(film).document)], 7),
		code: 'archive_damaged'
	},
	'whose document is no JSON': {
		bytesWith: (film) => archiveOf({ ...aCourseOf(film), document: '{"format":' }),
		code: 'archive_document'
	},
	'whose document is of another kind': {
		bytesWith: (film) => changed(film, () => ({ format: 'else', version: 1 })),
		code: 'archive_not_course'
	},
	'of a newer version': {
		bytesWith: (film) => changed(film, (document) => ({ ...document, version: 2 })),
		code: 'archive_newer'
	},
	'with steps one over the other': {
		bytesWith: (film) =>
			changed(film, ({ lessons: [lesson] }) => {
				lesson?.steps.push(
					{ title: 'a', startMs: 0, endMs: 900, note: '' },
					{ title: 'b', startMs: 500, endMs: 900, note: '' }
				);
			}),
		code: 'archive_document'
	},
	'whose document climbs out of it': {
		bytesWith: (film) =>
			changed(film, ({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.path = '../../yun-wusheng.sqlite';
			}),
		code: 'archive_document'
	},
	'in which a file is missing': {
		bytesWith: (film) =>
			changed(film, ({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.path = 'lessons/001/other.mp4';
			}),
		code: 'archive_missing'
	},
	'in which a file has another size': {
		bytesWith: (film) =>
			changed(film, ({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.sizeBytes += 1;
			}),
		code: 'archive_damaged'
	},
	'in which a film is another one': {
		bytesWith: (film) => {
			const { document, files } = aCourseOf(film);
			return archiveOf({ document, files: { ...files, [FILM]: Buffer.alloc(film.length, 7) } });
		},
		code: 'archive_damaged'
	},
	'that lies about a size': {
		bytesWith: (film) => {
			const { document, files } = aCourseOf(film);
			const others = Object.fromEntries(Object.entries(files).filter(([name]) => name !== FILM));
			const lying = { name: FILM, data: Buffer.alloc(film.length + 9e5), saysBytes: film.length };
			return archiveOf({ document, files: others }, [{ ...lying, isPacked: true }]);
		},
		code: 'archive_damaged'
	},
	'whose film is no film': {
		bytesWith: () => archiveOf(aCourseOf(Buffer.from('<script>alert(1)</script>'.repeat(99)))),
		code: 'archive_film'
	},
	'whose film is a playlist of files here': {
		bytesWith: () => archiveOf(aCourseOf(Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'))),
		code: 'archive_film'
	},
	'with captions that bear a script': {
		bytesWith: (film) => {
			const text = 'WEBVTT\n\n00:00.000 --> 00:01.000\n<script>alert(1)</script>\n';
			return archiveOf(aCourseOf(film, text));
		},
		code: 'archive_captions'
	},
	'whose attachment is a page': {
		bytesWith: (film) =>
			withPage(film, 'lessons/001/attachment-001.pdf', ({ lessons: [lesson] }, file) =>
				lesson?.attachments.push({ name: '配方.pdf', kind: 'pdf', file })
			),
		code: 'archive_attachment'
	},
	'whose attachment has a name that climbs': {
		bytesWith: (film) =>
			withPage(film, 'lessons/001/attachment-001.pdf', ({ lessons: [lesson] }, file) =>
				lesson?.attachments.push({ name: '../配方.pdf', kind: 'pdf', file })
			),
		code: 'archive_document'
	},
	'whose example picture is a page': {
		bytesWith: (film) =>
			withPage(film, 'lessons/001/example-001-great-001.jpg', ({ lessons: [lesson] }, file) => {
				if (!lesson) return;
				lesson.practice = aTaskAsArchived();
				const place = { criterion: 0, level: 'great', alt: '皮' } as const;
				lesson.examples.push({ ...place, name: '皮.jpg', kind: 'jpeg', file });
			}),
		code: 'archive_attachment'
	},
	'whose example picture shows a level that is not there': {
		bytesWith: (film) =>
			withPage(film, 'lessons/001/example-001-great-001.jpg', ({ lessons: [lesson] }, file) => {
				const place = { criterion: 0, level: 'great', alt: '皮' } as const;
				lesson?.examples.push({ ...place, name: '皮.jpg', kind: 'jpeg', file });
			}),
		code: 'archive_document'
	},
	'whose cover is a page': {
		bytesWith: (film) => withPage(film, 'cover.webp', ({ course }, file) => (course.cover = file)),
		code: 'archive_cover'
	}
};
