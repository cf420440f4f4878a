import type { CertificateEventKind } from '#lib/domain/certificates.ts';
import type { Database } from '../database/database.ts';
import type { Flag } from '../database/tables.ts';

export type NewCertificate = {
	id: string;
	number: string;
	personId: string;
	courseId: string;
	classId: string | null;
	issuedBy: string | null;
	holderName: string;
	courseTitle: string;
	association: string;
	issuedAt: string;
	statusList: number;
	statusIndex: number;
};

/** @returns false when he has one that holds, or its number or place in the list is taken */
export async function addCertificate(db: Database, row: NewCertificate): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('certificate')
		.values({
			...{ id: row.id, number: row.number, person_id: row.personId, course_id: row.courseId },
			...{ class_id: row.classId, issued_by: row.issuedBy, holder_name: row.holderName },
			...{ course_title: row.courseTitle, association: row.association },
			...{ issued_at: row.issuedAt, status_list: row.statusList, status_index: row.statusIndex },
			shows_name: 0
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether it held until now */
export async function revoke(
	db: Database,
	id: string,
	{ at, reason }: { at: string; reason: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('certificate')
		.set({ revoked_at: at, revoked_reason: reason })
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

export async function setSharing(
	db: Database,
	id: string,
	{ showsName, workId }: { showsName: boolean; workId: string | null }
): Promise<void> {
	await db
		.updateTable('certificate')
		.set({ shows_name: showsName ? 1 : 0, shown_work_id: workId })
		.where('id', '=', id)
		.execute();
}

export async function forgetName(db: Database, personId: string, name: string): Promise<void> {
	await db
		.updateTable('certificate')
		.set({ holder_name: name, shows_name: 0, shown_work_id: null })
		.where('person_id', '=', personId)
		.execute();
}

export async function addEvent(
	db: Database,
	row: {
		id: string;
		certificateId: string;
		kind: CertificateEventKind;
		by: string;
		at: string;
		note: string;
	}
): Promise<void> {
	await db
		.insertInto('certificate_event')
		.values({
			...{ id: row.id, certificate_id: row.certificateId, kind: row.kind },
			...{ done_by: row.by, at: row.at, note: row.note }
		})
		.execute();
}

/** What was done with it, and by whom; newest first. */
export const eventsOf = (db: Database, certificateId: string) =>
	db
		.selectFrom('certificate_event as event')
		.innerJoin('person', 'person.id', 'event.done_by')
		.where('event.certificate_id', '=', certificateId)
		.select(['event.id', 'event.kind', 'event.at', 'event.note', 'person.display_name as byName'])
		.orderBy('event.at', 'desc')
		.execute();

const certificates = (db: Database) =>
	db
		.selectFrom('certificate')
		.select([
			'id',
			'number',
			'person_id as personId',
			'course_id as courseId',
			'class_id as classId',
			'holder_name as holderName',
			'course_title as courseTitle',
			'association',
			'issued_at as issuedAt',
			'revoked_at as revokedAt',
			'revoked_reason as revokedReason',
			'shows_name as showsName',
			'shown_work_id as shownWorkId',
			'status_list as statusList',
			'status_index as statusIndex'
		]);

const told = <Row extends { showsName: Flag }>({ showsName, ...row }: Row) => ({
	...row,
	showsName: showsName === 1
});

export async function certificatesOf(db: Database, personId: string) {
	const rows = await certificates(db)
		.where('person_id', '=', personId)
		.orderBy('issued_at', 'desc')
		.execute();
	return rows.map(told);
}

export async function certificateByNumber(db: Database, number: string) {
	const row = await certificates(db).where('number', '=', number).executeTakeFirst();
	return row && told(row);
}

/** Those of these people that hold, for one course. */
export const standingOf = (db: Database, courseId: string, personIds: readonly string[]) =>
	personIds.length === 0
		? Promise.resolve([])
		: db
				.selectFrom('certificate')
				.where('course_id', '=', courseId)
				.where('person_id', 'in', [...personIds])
				.where('revoked_at', 'is', null)
				.select(['number', 'person_id as personId', 'issued_at as issuedAt'])
				.execute();

/** The newest status list, and how many places of it are taken. */
export async function newestList(db: Database): Promise<{ list: number; taken: number }> {
	const row = await db
		.selectFrom('certificate')
		.select(['status_list as list', ({ fn }) => fn.countAll<number>().as('taken')])
		.groupBy('status_list')
		.orderBy('status_list', 'desc')
		.limit(1)
		.executeTakeFirst();
	return { list: row?.list ?? 1, taken: Number(row?.taken ?? 0) };
}

/** Photos of work of his that was passed in this course and is there to be looked at. */
export const passedPhotosOf = (db: Database, personId: string, courseId: string) =>
	db
		.selectFrom('practice_work as work')
		.innerJoin('practice_submission as submission', 'submission.id', 'work.submission_id')
		.innerJoin('lesson', 'lesson.id', 'submission.lesson_id')
		.where('submission.person_id', '=', personId)
		.where('submission.state', '=', 'passed')
		.where('submission.removed_at', 'is', null)
		.where('lesson.course_id', '=', courseId)
		.where('work.person_id', '=', personId)
		.where('work.kind', '=', 'photo')
		.where('work.state', '=', 'ready')
		.select(['work.id', 'work.width', 'work.height', 'lesson.title as lessonTitle'])
		.orderBy('work.created_at')
		.execute();
