/** A small course as an archive, to be spoiled in every way. */
import { createHash } from 'node:crypto';
import { USUAL } from '#lib/domain/completion.ts';
import type { CourseDocument } from '#lib/domain/course-archive.ts';
import { type ZipEntry, zipOf } from './zip.ts';

export type Files = Record<string, Buffer>;

const CAPTIONS = 'lessons/001/captions.zh-CN.full.vtt';
export const FILM = 'lessons/001/demonstration.mp4';

export const fileOf = (path: string, data: Buffer) => ({
	path,
	sizeBytes: data.length,
	sha256: createHash('sha256').update(data).digest('hex')
});

/** @param film the bytes of its one video */
export function aCourseOf(
	film: Buffer,
	captions = 'WEBVTT\n\n00:00.000 --> 00:01.000\n先洗手。\n'
): { document: CourseDocument; files: Files } {
	const files = { [FILM]: film, [CAPTIONS]: Buffer.from(captions) };
	const document: CourseDocument = {
		format: 'yun-wusheng-course',
		version: 1,
		exportedAt: '2026-11-27T00:00:00.000Z',
		course: { title: '广式月饼', summary: '', skillField: 'baking', prepares: null, cover: null },
		units: [],
		lessons: [
			{
				...{ title: '和面', summary: '', teachingMode: 'signed_at_source', unit: null },
				demonstration: { file: fileOf(FILM, film), fileName: 'film.mp4' },
				sign: null,
				signPlacement: { offsetMs: 0, sections: [] },
				captions: [
					{
						...{ language: 'zh-CN', tier: 'full', fileName: 'a.vtt' },
						file: fileOf(CAPTIONS, files[CAPTIONS] ?? Buffer.alloc(0))
					}
				],
				...{ steps: [], turns: [], areas: [], takes: [] },
				materials: { count: null, product: '', rows: [] },
				completion: USUAL,
				...{ practice: null, examples: [], attachments: [] }
			}
		],
		glossary: []
	};
	return { document, files };
}

const entriesOf = (files: Files): ZipEntry[] =>
	Object.entries(files).map(([name, data]) => ({ name, data }));

export const documentEntry = (document: unknown): ZipEntry => ({
	name: 'course.json',
	data: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
});

/** @param more entries beside those of the course */
export const archiveOf = (
	{ document, files }: { document: unknown; files: Files },
	more: readonly ZipEntry[] = []
): Buffer => zipOf([...entriesOf(files), documentEntry(document), ...more]);
