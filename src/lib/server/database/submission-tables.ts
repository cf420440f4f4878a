/** The tables of work that is handed in for a practice task, and of what is answered. */
import type { AppealReason } from '#lib/domain/appeals.ts';
import type { Result } from '#lib/domain/assessing.ts';
import type { SubmissionState, WorkKind, WorkState } from '#lib/domain/handing-in.ts';
import type { Instant } from './tables.ts';

interface PracticeSubmissionTable {
	id: string;
	person_id: string;
	lesson_id: string;
	version_id: string;
	/** JSON: a `Task` of `domain/practice.ts`, as she saw it. */
	task: string;
	/** How many assess it, as the task said; a third where two do not agree. */
	assessors: 1 | 2;
	round: number;
	state: SubmissionState;
	/** Counts with each step; whoever writes says which one was seen. */
	revision: number;
	comment: string;
	created_at: Instant;
	sent_at: Instant | null;
	looking_by: string | null;
	looking_at: Instant | null;
	/** When she said that she has seen the newest answer. */
	seen_at: Instant | null;
	/** It is being erased: its files go first, then its rows. */
	removed_at: Instant | null;
}

interface PracticeWorkTable {
	/** Of its upload too. */
	id: string;
	submission_id: string;
	person_id: string;
	kind: WorkKind;
	state: WorkState;
	failure_code: string | null;
	/** As sent; of a picture, as it is kept. */
	size_bytes: number;
	width: number | null;
	height: number | null;
	duration_ms: number | null;
	created_at: Instant;
}

interface PracticeAssessmentTable {
	id: string;
	submission_id: string;
	/** The highest is the one that counts. */
	number: number;
	assessed_by: string;
	assessed_at: Instant;
	result: Result;
	/** JSON: `Levels` of `domain/assessing.ts`. */
	levels: string;
	comment: string;
	/** JSON: a list of `Pin` of `domain/assessing.ts`. */
	pins: string;
	answer_id: string | null;
	/** The same for answers that were given by one decision; the number of its first. */
	decision: number;
}

/** What one of several thinks. Nobody but she sees it before it is decided. */
interface PracticeOpinionTable {
	id: string;
	submission_id: string;
	/** The third is asked where the first two do not agree. */
	seat: number;
	person_id: string;
	begun_at: Instant;
	given_at: Instant | null;
	result: Result | null;
	/** These as of an assessment; '' until it is given. */
	levels: string;
	comment: string;
	pins: string;
	answer_id: string | null;
}

/** Somebody who may assess it though she does not teach the course: staff have named her. */
interface PracticeAppointmentTable {
	submission_id: string;
	person_id: string;
	appointed_by: string;
	appointed_at: Instant;
}

interface PracticeAppealTable {
	submission_id: string;
	reason: AppealReason | null;
	comment: string;
	/** A work of kind `answer` that the trainee has sent. */
	film_id: string | null;
	asked_at: Instant;
	looking_by: string | null;
	looking_at: Instant | null;
	withdrawn_at: Instant | null;
	decided_at: Instant | null;
	/** The answer by which it was decided. */
	assessment_id: string | null;
}

export interface SubmissionTables {
	practice_submission: PracticeSubmissionTable;
	practice_work: PracticeWorkTable;
	practice_assessment: PracticeAssessmentTable;
	practice_opinion: PracticeOpinionTable;
	practice_appointment: PracticeAppointmentTable;
	practice_appeal: PracticeAppealTable;
}
