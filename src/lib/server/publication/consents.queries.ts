import type { ConsentMeans, Filmed } from '#lib/domain/consents.ts';
import { dayOf } from '#lib/domain/days.ts';
import type { Database } from '../database/database.ts';

export async function addConsent(
	db: Database,
	row: {
		id: string;
		lessonId: string;
		who: Filmed;
		personName: string;
		means: ConsentMeans;
		recordedBy: string;
		at: string;
	}
): Promise<void> {
	await db
		.insertInto('filming_consent')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			who: row.who,
			person_name: row.personName,
			means: row.means,
			given_on: dayOf(row.at),
			recorded_by: row.recordedBy,
			recorded_at: row.at,
			withdrawn_by: null,
			withdrawn_at: null
		})
		.execute();
}

export const consentsOf = (db: Database, lessonId: string) =>
	db
		.selectFrom('filming_consent')
		.where('lesson_id', '=', lessonId)
		.select(['id', 'who', 'person_name as personName', 'means', 'given_on as givenOn'])
		.select(['recorded_at as recordedAt', 'withdrawn_at as withdrawnAt'])
		.orderBy('recorded_at')
		.execute();

/** When each film the lesson has now was sent. */
export const filmsSent = (db: Database, lessonId: string) =>
	db
		.selectFrom('track')
		.innerJoin('upload', 'upload.id', 'track.upload_id')
		.where('track.lesson_id', '=', lessonId)
		.where('track.replaced_at', 'is', null)
		.select(['track.kind', 'upload.created_at as sentAt'])
		.execute();

/**
 * Takes back what this person agreed to, for earlier films too.
 * @returns whether there was such a consent, not withdrawn yet
 */
export async function withdrawConsent(
	db: Database,
	lessonId: string,
	{ who, personName }: { who: Filmed; personName: string },
	withdrawn_by: string,
	withdrawn_at: string
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('filming_consent')
		.set({ withdrawn_by, withdrawn_at })
		.where('lesson_id', '=', lessonId)
		.where('who', '=', who)
		.where('person_name', '=', personName)
		.where('withdrawn_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}
