import type { ReviewSubject, Verdict } from '#lib/domain/reviews.ts';
import type { Database } from '../database/database.ts';

export async function addReview(
	db: Database,
	row: { id: string; lessonId: string; askedBy: string; askedAt: string }
): Promise<void> {
	await db
		.insertInto('lesson_review')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			asked_by: row.askedBy,
			asked_at: row.askedAt,
			decided_by: null,
			decided_at: null,
			verdict: null,
			content_digest: null
		})
		.execute();
}

/** Everybody who may look at a lesson of this course: who teaches it does not. */
export async function reviewersBesides(db: Database, courseId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('role_grant')
		.where('role', '=', 'reviewer')
		.where('revoked_at', 'is', null)
		.where('person_id', 'not in', (of) =>
			of.selectFrom('course_instructor').where('course_id', '=', courseId).select('person_id')
		)
		.select('person_id as personId')
		.execute();
	return rows.map(({ personId }) => personId);
}

/** Nobody needs to look any more; what was said of it stays with earlier reviews only. */
export async function removeOpenReview(db: Database, lessonId: string): Promise<void> {
	const open = db
		.selectFrom('lesson_review')
		.where('lesson_id', '=', lessonId)
		.where('decided_at', 'is', null)
		.select('id');
	await db.deleteFrom('review_comment').where('review_id', 'in', open).execute();
	await db
		.deleteFrom('lesson_review')
		.where('lesson_id', '=', lessonId)
		.where('decided_at', 'is', null)
		.execute();
}

/** @returns whether it was still open */
export async function decide(
	db: Database,
	id: string,
	row: { decidedBy: string; decidedAt: string; verdict: Verdict; contentDigest: string }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('lesson_review')
		.set({
			decided_by: row.decidedBy,
			decided_at: row.decidedAt,
			verdict: row.verdict,
			content_digest: row.contentDigest
		})
		.where('id', '=', id)
		.where('decided_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

/** The newest review of a lesson, with who asked and who decided. */
export const latestReview = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_review')
		.innerJoin('person as asker', 'asker.id', 'lesson_review.asked_by')
		.leftJoin('person as decider', 'decider.id', 'lesson_review.decided_by')
		.where('lesson_id', '=', lessonId)
		.select(['lesson_review.id', 'asked_at as askedAt', 'decided_at as decidedAt', 'verdict'])
		.select(['asker.display_name as askedBy', 'decider.display_name as decidedBy'])
		.orderBy('asked_at', 'desc')
		.executeTakeFirst();

/** Lessons somebody is awaited to look at, longest waiting first; never those of one's own courses. */
export const openReviews = (db: Database, reviewerId: string) =>
	db
		.selectFrom('lesson_review')
		.innerJoin('lesson', 'lesson.id', 'lesson_review.lesson_id')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.innerJoin('person', 'person.id', 'lesson_review.asked_by')
		.where('lesson_review.decided_at', 'is', null)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('course_instructor')
						.whereRef('course_instructor.course_id', '=', 'lesson.course_id')
						.where('course_instructor.person_id', '=', reviewerId)
						.select('course_instructor.person_id')
				)
			)
		)
		.select(['lesson.id', 'lesson.title', 'course.title as courseTitle'])
		.select(['lesson.teaching_mode as teachingMode', 'person.display_name as askedBy'])
		.select('lesson_review.asked_at as askedAt')
		.orderBy('asked_at')
		.execute();

/** What this reviewer has decided lately, newest first. */
export const decidedBy = (db: Database, reviewerId: string, limit: number) =>
	db
		.selectFrom('lesson_review')
		.innerJoin('lesson', 'lesson.id', 'lesson_review.lesson_id')
		.where('decided_by', '=', reviewerId)
		.select(['lesson_review.id', 'lesson.title', 'verdict', 'decided_at as decidedAt'])
		.orderBy('decided_at', 'desc')
		.limit(limit)
		.execute();

export async function addComment(
	db: Database,
	row: {
		id: string;
		reviewId: string;
		atMs: number;
		about: ReviewSubject;
		text: string;
		writtenBy: string;
		writtenAt: string;
	}
): Promise<void> {
	await db
		.insertInto('review_comment')
		.values({
			id: row.id,
			review_id: row.reviewId,
			at_ms: row.atMs,
			about: row.about,
			text: row.text,
			written_by: row.writtenBy,
			written_at: row.writtenAt,
			mended_at: null
		})
		.execute();
}

export const commentsOf = (db: Database, reviewId: string) =>
	db
		.selectFrom('review_comment')
		.where('review_id', '=', reviewId)
		.select(['id', 'at_ms as atMs', 'about', 'text', 'mended_at as mendedAt'])
		.orderBy('at_ms')
		.orderBy('written_at')
		.execute();

export async function removeComment(db: Database, reviewId: string, id: string): Promise<void> {
	await db
		.deleteFrom('review_comment')
		.where('review_id', '=', reviewId)
		.where('id', '=', id)
		.execute();
}

export async function setMended(
	db: Database,
	reviewId: string,
	id: string,
	mended_at: string | null
): Promise<void> {
	await db
		.updateTable('review_comment')
		.set({ mended_at })
		.where('review_id', '=', reviewId)
		.where('id', '=', id)
		.execute();
}
