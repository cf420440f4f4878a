import type { Database } from '../database/database.ts';

/** Bytes of originals (also of those on their way) and of what was made of them. */
export async function bytesOf(db: Database, courseId: string) {
	const ofCourse = db.selectFrom('lesson').where('course_id', '=', courseId).select('id');
	const [originals, tracks, composites, attachments, ...clips] = await Promise.all([
		db
			.selectFrom('upload')
			.where('lesson_id', 'in', ofCourse)
			.select(({ fn }) => fn.sum<number>('size_bytes').as('bytes'))
			.executeTakeFirst(),
		db
			.selectFrom('track')
			.where('lesson_id', 'in', ofCourse)
			.select(({ fn }) => fn.sum<number>('prepared_bytes').as('bytes'))
			.executeTakeFirst(),
		db
			.selectFrom('composite')
			.where('lesson_id', 'in', ofCourse)
			.select(({ fn }) => fn.sum<number>('prepared_bytes').as('bytes'))
			.executeTakeFirst(),
		db
			.selectFrom('lesson_attachment')
			.where('lesson_id', 'in', ofCourse)
			.select(({ fn }) => fn.sum<number>('size_bytes').as('bytes'))
			.executeTakeFirst(),
		...(['glossary_term', 'glossary_term_removed'] as const).map((table) =>
			db
				.selectFrom(table)
				.where('course_id', '=', courseId)
				.select(({ fn }) => fn.sum<number>('clip_bytes').as('bytes'))
				.executeTakeFirst()
		)
	]);
	const clipBytes = clips.reduce((sum, clip) => sum + Number(clip?.bytes ?? 0), 0);
	return {
		originalBytes: Number(originals?.bytes ?? 0) + Number(attachments?.bytes ?? 0) + clipBytes,
		preparedBytes: Number(tracks?.bytes ?? 0) + Number(composites?.bytes ?? 0)
	};
}
