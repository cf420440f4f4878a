/** The tables of work that is handed in for a practice task, and of what is answered. */
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
}

export interface SubmissionTables {
	practice_submission: PracticeSubmissionTable;
	practice_work: PracticeWorkTable;
	practice_assessment: PracticeAssessmentTable;
}
