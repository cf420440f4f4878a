/** The tables of what stands between a lesson and a trainee. */
import type { ConsentMeans, Filmed } from '#lib/domain/consents.ts';
import type { ExceptionTopic } from '#lib/domain/gate.ts';
import type { ReviewSubject, Verdict } from '#lib/domain/reviews.ts';
import type { Instant } from './tables.ts';

export interface LessonReviewTable {
	id: string;
	lesson_id: string;
	asked_by: string;
	asked_at: Instant;
	decided_by: string | null;
	decided_at: Instant | null;
	verdict: Verdict | null;
	content_digest: string | null;
}

export interface ReviewCommentTable {
	id: string;
	review_id: string;
	at_ms: number;
	about: ReviewSubject;
	text: string;
	written_by: string;
	written_at: Instant;
	mended_at: Instant | null;
}

export interface FilmingConsentTable {
	id: string;
	lesson_id: string;
	who: Filmed;
	person_name: string;
	means: ConsentMeans;
	/** A day, `2026-11-24`. */
	given_on: string;
	recorded_by: string;
	recorded_at: Instant;
	withdrawn_by: string | null;
	withdrawn_at: Instant | null;
}

export interface PublishExceptionTable {
	id: string;
	lesson_id: string;
	topic: ExceptionTopic;
	reason: string;
	allowed_by: string;
	allowed_at: Instant;
	revoked_by: string | null;
	revoked_at: Instant | null;
}
