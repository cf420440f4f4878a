import type { CaptionLanguage, CaptionTier } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';

/** One of a lesson's caption tracks. */
export interface CaptionKey {
	lessonId: string;
	language: CaptionLanguage;
	tier: CaptionTier;
}

/** Puts captions in place of those there are and counts it. */
export async function putCaptions(
	db: Database,
	track: CaptionKey & {
		id: string;
		webvtt: string;
		cueCount: number;
		fileName: string;
		savedBy: string;
		savedAt: string;
	}
): Promise<number> {
	const { language, tier } = track;
	const values = {
		webvtt: track.webvtt,
		cue_count: track.cueCount,
		file_name: track.fileName,
		uploaded_by: track.savedBy,
		uploaded_at: track.savedAt
	};
	const { revision } = await db
		.insertInto('caption_track')
		.values({ id: track.id, lesson_id: track.lessonId, language, tier, revision: 1, ...values })
		.onConflict((conflict) =>
			conflict.columns(['lesson_id', 'language', 'tier']).doUpdateSet((eb) => ({
				...values,
				revision: eb('caption_track.revision', '+', 1)
			}))
		)
		.returning('revision')
		.executeTakeFirstOrThrow();
	return revision;
}

export async function removeCaptions(db: Database, key: CaptionKey): Promise<void> {
	await db
		.deleteFrom('caption_track')
		.where('lesson_id', '=', key.lessonId)
		.where('language', '=', key.language)
		.where('tier', '=', key.tier)
		.execute();
}

export const captionList = (db: Database, lessonId: string) =>
	db
		.selectFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.select(['language', 'tier', 'cue_count as cueCount', 'file_name as fileName', 'revision'])
		.orderBy('language', 'desc')
		.orderBy('tier')
		.execute();

export const captionText = (db: Database, key: CaptionKey) =>
	db
		.selectFrom('caption_track')
		.innerJoin('person', 'person.id', 'caption_track.uploaded_by')
		.where('lesson_id', '=', key.lessonId)
		.where('language', '=', key.language)
		.where('tier', '=', key.tier)
		.select([
			'webvtt',
			'revision',
			'file_name as fileName',
			'person.display_name as savedBy',
			'uploaded_at as savedAt'
		])
		.executeTakeFirst();

export const captionTexts = (db: Database, lessonId: string) =>
	db
		.selectFrom('caption_track')
		.where('lesson_id', '=', lessonId)
		.select(['id', 'language', 'tier', 'revision', 'webvtt'])
		.orderBy('language', 'desc')
		.orderBy('tier')
		.execute();
