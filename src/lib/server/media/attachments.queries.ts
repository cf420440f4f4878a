import type { Insertable } from 'kysely';
import type { AttachmentKind } from '#lib/domain/attachments.ts';
import type { Database } from '../database/database.ts';
import type { LessonAttachmentTable } from '../database/practice-tables.ts';

/** The draft's files to be taken along, in their order. */
export const attachmentsOf = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_attachment')
		.where('lesson_id', '=', lessonId)
		.where('purpose', '=', 'file')
		.where('removed_at', 'is', null)
		.select(['id', 'name', 'kind', 'size_bytes as sizeBytes'])
		.orderBy('position')
		.execute();

/** Of any purpose; also one that was taken out, while it is on the disk. */
export const attachmentById = (db: Database, lessonId: string, id: string) =>
	db
		.selectFrom('lesson_attachment')
		.where('lesson_id', '=', lessonId)
		.where('id', '=', id)
		.select(['id', 'name', 'kind'])
		.executeTakeFirst();

/** Puts it behind all others there ever were, so that one that comes back has its place. */
export async function addAttachment(
	db: Database,
	row: Omit<Insertable<LessonAttachmentTable>, 'position'>
): Promise<void> {
	const last = await db
		.selectFrom('lesson_attachment')
		.where('lesson_id', '=', row.lesson_id)
		.select(({ fn }) => fn.max('position').as('position'))
		.executeTakeFirst();
	await db
		.insertInto('lesson_attachment')
		.values({ ...row, position: Number(last?.position ?? -1) + 1 })
		.execute();
}

/** Of a file to be taken along. @returns whether the draft had it, or had it no more */
export async function setRemoved(
	db: Database,
	lessonId: string,
	id: string,
	removedAt: string | null
): Promise<boolean> {
	const result = await db
		.updateTable('lesson_attachment')
		.set({ removed_at: removedAt })
		.where('lesson_id', '=', lessonId)
		.where('id', '=', id)
		.where('purpose', '=', 'file')
		.where('removed_at', removedAt === null ? 'is not' : 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

const examples = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_attachment')
		.where('lesson_id', '=', lessonId)
		.where('purpose', '=', 'example');

/** Which example pictures of a lesson are on the disk, in use or not. */
export async function exampleIds(db: Database, lessonId: string): Promise<Set<string>> {
	const rows = await examples(db, lessonId).select('id').execute();
	return new Set(rows.map(({ id }) => id));
}

/** From now on the draft has these example pictures, and no others. */
export async function useExamples(
	db: Database,
	lessonId: string,
	ids: readonly string[],
	at: string
): Promise<void> {
	const used = await examples(db, lessonId).where('removed_at', 'is', null).select('id').execute();
	const unused = used.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
	for (const [of, removed_at] of [
		[unused, at],
		[ids, null]
	] as const)
		if (of.length > 0)
			await db
				.updateTable('lesson_attachment')
				.set({ removed_at })
				.where('lesson_id', '=', lessonId)
				.where('purpose', '=', 'example')
				.where('id', 'in', of)
				.execute();
}

/** Whether a version that may be seen has it. */
export async function isPublic(db: Database, id: string): Promise<boolean> {
	const row = await db
		.selectFrom('version_attachment')
		.innerJoin('lesson_version', 'lesson_version.id', 'version_attachment.version_id')
		.where('attachment_id', '=', id)
		.where('withheld_at', 'is', null)
		.select('version_id')
		.executeTakeFirst();
	return row !== undefined;
}

/** Taken out before `at`, and in no version that may be seen. */
export const unneededBefore = (
	db: Database,
	at: string,
	limit: number
): Promise<{ id: string; kind: AttachmentKind }[]> =>
	db
		.selectFrom('lesson_attachment')
		.where('removed_at', '<', at)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('version_attachment')
						.innerJoin('lesson_version', 'lesson_version.id', 'version_attachment.version_id')
						.whereRef('version_attachment.attachment_id', '=', 'lesson_attachment.id')
						.where('lesson_version.withheld_at', 'is', null)
						.select('version_attachment.version_id')
				)
			)
		)
		.select(['id', 'kind'])
		.limit(limit)
		.execute();

export async function forget(db: Database, id: string): Promise<void> {
	await db.deleteFrom('version_attachment').where('attachment_id', '=', id).execute();
	await db.deleteFrom('lesson_attachment').where('id', '=', id).execute();
}
