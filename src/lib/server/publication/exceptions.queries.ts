import type { ExceptionTopic } from '#lib/domain/gate.ts';
import type { Database } from '../database/database.ts';

export async function addException(
	db: Database,
	row: {
		id: string;
		lessonId: string;
		topic: ExceptionTopic;
		reason: string;
		allowedBy: string;
		allowedAt: string;
	}
): Promise<void> {
	await db
		.insertInto('publish_exception')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			topic: row.topic,
			reason: row.reason,
			allowed_by: row.allowedBy,
			allowed_at: row.allowedAt,
			revoked_by: null,
			revoked_at: null
		})
		.execute();
}

export async function revokeException(
	db: Database,
	lessonId: string,
	topic: ExceptionTopic,
	revoked_by: string,
	revoked_at: string
): Promise<void> {
	await db
		.updateTable('publish_exception')
		.set({ revoked_by, revoked_at })
		.where('lesson_id', '=', lessonId)
		.where('topic', '=', topic)
		.where('revoked_at', 'is', null)
		.execute();
}

/** Those in force, with the name of whoever allowed them. */
export const exceptionsOf = (db: Database, lessonIds: readonly string[]) =>
	db
		.selectFrom('publish_exception')
		.innerJoin('person', 'person.id', 'publish_exception.allowed_by')
		.where('lesson_id', 'in', lessonIds.length > 0 ? lessonIds : [''])
		.where('revoked_at', 'is', null)
		.select(['lesson_id as lessonId', 'topic', 'reason', 'allowed_at as allowedAt'])
		.select('person.display_name as allowedBy')
		.orderBy('allowed_at')
		.execute();
