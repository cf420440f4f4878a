import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';

export async function putCaptions(
	db: Database,
	track: {
		id: string;
		lessonId: string;
		language: CaptionLanguage;
		webvtt: string;
		cueCount: number;
		fileName: string;
		uploadedBy: string;
		uploadedAt: string;
	}
): Promise<void> {
	const values = {
		webvtt: track.webvtt,
		cue_count: track.cueCount,
		file_name: track.fileName,
		uploaded_by: track.uploadedBy,
		uploaded_at: track.uploadedAt
	};
	await db
		.insertInto('caption_track')
		.values({ id: track.id, lesson_id: track.lessonId, language: track.language, ...values })
		.onConflict((conflict) => conflict.columns(['lesson_id', 'language']).doUpdateSet(values))
		.execute();
}

export async function removeCaptions(
	db: Database,
	lessonId: string,
	language: CaptionLanguage
): Promise<void> {
	await db
		.deleteFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.where('language', '=', language)
		.execute();
}

export const captionList = (db: Database, lessonId: string) =>
	db
		.selectFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.select(['language', 'cue_count as cueCount', 'file_name as fileName'])
		.orderBy('language', 'desc')
		.execute();

export const captionText = (db: Database, lessonId: string, language: CaptionLanguage) =>
	db
		.selectFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.where('language', '=', language)
		.select(['language', 'cue_count as cueCount', 'file_name as fileName', 'webvtt'])
		.executeTakeFirst();

export const captionTexts = (db: Database, lessonId: string) =>
	db
		.selectFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.select(['id', 'language', 'webvtt'])
		.orderBy('language', 'desc')
		.execute();
