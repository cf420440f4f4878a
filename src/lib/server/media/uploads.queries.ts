import type { UploadInput } from '#lib/domain/courses.ts';
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';

export async function addUpload(
	db: Database,
	upload: Omit<UploadInput, 'take'> & {
		id: string;
		personId: string;
		createdAt: string;
		finishedAt?: string;
	}
): Promise<void> {
	await db
		.insertInto('upload')
		.values({
			id: upload.id,
			lesson_id: upload.lessonId,
			kind: upload.kind,
			person_id: upload.personId,
			file_name: upload.fileName,
			size_bytes: upload.sizeBytes,
			created_at: upload.createdAt,
			finished_at: upload.finishedAt ?? null
		})
		.execute();
}

export async function uploadById(db: Database, id: string) {
	const row = await db
		.selectFrom('upload')
		.where('id', '=', id)
		.select([
			'lesson_id as lessonId',
			'kind',
			'person_id as personId',
			'file_name as fileName',
			'size_bytes as sizeBytes',
			'finished_at as finishedAt'
		])
		.executeTakeFirst();
	return row && { ...row, sizeBytes: Number(row.sizeBytes) };
}

/**
 * What a person has not sent to the end, newest first: whole videos, unless another has taken their
 * place since, and takes.
 */
export async function unfinishedUploads(db: Database, personId: string) {
	const rows = await db
		.selectFrom('upload')
		.innerJoin('lesson', 'lesson.id', 'upload.lesson_id')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.leftJoin('take', 'take.upload_id', 'upload.id')
		.leftJoin('track', (join) =>
			join
				.onRef('track.lesson_id', '=', 'upload.lesson_id')
				.onRef('track.kind', '=', 'upload.kind')
				.onRef('track.created_at', '>', 'upload.created_at')
				.on('track.replaced_at', 'is', null)
		)
		.where('upload.person_id', '=', personId)
		.where('upload.finished_at', 'is', null)
		.where((eb) => eb.or([eb('track.id', 'is', null), eb('take.id', 'is not', null)]))
		// Who no longer teaches the course cannot go on with it.
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('course_instructor')
					.whereRef('course_instructor.course_id', '=', 'course.id')
					.where('course_instructor.person_id', '=', personId)
					.select('course_instructor.person_id')
			)
		)
		.select(['upload.id', 'upload.kind', 'upload.lesson_id as lessonId', 'take.id as takeId'])
		.select(['upload.file_name as fileName', 'upload.size_bytes as sizeBytes'])
		.select(['lesson.title as lessonTitle', 'lesson.teaching_mode as teachingMode'])
		.select('course.title as courseTitle')
		.orderBy('upload.created_at', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

export async function removeUnfinished(db: Database, id: string): Promise<void> {
	await db.deleteFrom('upload').where('id', '=', id).where('finished_at', 'is', null).execute();
}

/** @returns whether it was unfinished until now */
export async function finishUpload(db: Database, id: string, at: string): Promise<boolean> {
	const result = await db
		.updateTable('upload')
		.set({ finished_at: at })
		.where('id', '=', id)
		.where('finished_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

export async function replaceTracks(
	db: Database,
	lessonId: string,
	kind: TrackKind,
	at: string
): Promise<void> {
	await db
		.updateTable('track')
		.set({ replaced_at: at })
		.where('lesson_id', '=', lessonId)
		.where('kind', '=', kind)
		.where('replaced_at', 'is', null)
		.execute();
}

export async function addTrack(
	db: Database,
	track: {
		id: string;
		lessonId: string;
		kind: TrackKind;
		uploadId: string;
		fileName: string;
		sizeBytes: number;
		createdBy: string;
		createdAt: string;
	}
): Promise<void> {
	await db
		.insertInto('track')
		.values({
			id: track.id,
			lesson_id: track.lessonId,
			kind: track.kind,
			upload_id: track.uploadId,
			file_name: track.fileName,
			size_bytes: track.sizeBytes,
			state: 'waiting',
			progress_permille: 0,
			has_sound: 0,
			created_by: track.createdBy,
			created_at: track.createdAt
		})
		.execute();
}
