import type { NotificationKind } from '#lib/domain/notifications.ts';
import type { Database } from '../database/database.ts';

export async function mutedBy(db: Database, personId: string): Promise<NotificationKind[]> {
	const rows = await db
		.selectFrom('notification_muted')
		.where('person_id', '=', personId)
		.select('kind')
		.execute();
	return rows.map(({ kind }) => kind);
}

/** Of these people, those who do not want to be told of this kind. */
export async function mutedAmong(
	db: Database,
	kind: NotificationKind,
	personIds: readonly string[]
): Promise<string[]> {
	const rows = await db
		.selectFrom('notification_muted')
		.where('kind', '=', kind)
		.where('person_id', 'in', [...personIds])
		.select('person_id as personId')
		.execute();
	return rows.map(({ personId }) => personId);
}

/** In place of the one of the same thing that has not been read. */
export async function add(
	db: Database,
	row: {
		id: string;
		personId: string;
		kind: NotificationKind;
		subjectId: string;
		title: string;
		at: string;
	}
): Promise<void> {
	await db
		.insertInto('notification')
		.values({
			...{ id: row.id, person_id: row.personId, kind: row.kind, subject_id: row.subjectId },
			...{ title: row.title, happened_at: row.at, read_at: null }
		})
		.onConflict((conflict) =>
			conflict
				.columns(['person_id', 'kind', 'subject_id'])
				.where('read_at', 'is', null)
				.doUpdateSet({ title: row.title, happened_at: row.at })
		)
		.execute();
}

export async function countOf(db: Database, personId: string): Promise<number> {
	const { count } = await db
		.selectFrom('notification')
		.where('person_id', '=', personId)
		.select((of) => of.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Newest first. */
export const ofPerson = (
	db: Database,
	personId: string,
	{ limit, offset }: { limit: number; offset: number }
) =>
	db
		.selectFrom('notification')
		.where('person_id', '=', personId)
		.select(['id', 'kind', 'subject_id as subjectId', 'title'])
		.select(['happened_at as happenedAt', 'read_at as readAt'])
		.orderBy('happened_at', 'desc')
		.orderBy('id')
		.limit(limit)
		.offset(offset)
		.execute();

export const unreadOf = (db: Database, personId: string) =>
	db
		.selectFrom('notification')
		.where('person_id', '=', personId)
		.where('read_at', 'is', null)
		.select(['id', 'kind', 'subject_id as subjectId'])
		.execute();

/** @param ids without them all of this person's that are unread */
export async function markRead(
	db: Database,
	personId: string,
	at: string,
	ids?: readonly string[]
): Promise<void> {
	if (ids?.length === 0) return;
	await db
		.updateTable('notification')
		.set({ read_at: at })
		.where('person_id', '=', personId)
		.where('read_at', 'is', null)
		.$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
		.execute();
}

export async function mute(
	db: Database,
	personId: string,
	kinds: readonly NotificationKind[]
): Promise<void> {
	await db.deleteFrom('notification_muted').where('person_id', '=', personId).execute();
	if (kinds.length === 0) return;
	await db
		.insertInto('notification_muted')
		.values(kinds.map((kind) => ({ person_id: personId, kind })))
		.execute();
}

export async function removeRead(db: Database, before: string): Promise<void> {
	await db.deleteFrom('notification').where('read_at', '<', before).execute();
}

export async function removeAbout(db: Database, subjectId: string): Promise<void> {
	await db.deleteFrom('notification').where('subject_id', '=', subjectId).execute();
}
