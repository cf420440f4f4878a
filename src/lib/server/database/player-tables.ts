/** The part of `tables.ts` that is about what the player shows beside the pictures. */
import type { CompositeLayout, TrackState } from '#lib/domain/lessons.ts';
import type { Instant } from './tables.ts';

export interface LessonStepTable {
	id: string;
	lesson_id: string;
	position: number;
	title: string;
	start_ms: number;
	end_ms: number;
	picture_at_ms: number;
	/** The demonstration its picture was taken from; null until it is taken. */
	picture_track_id: string | null;
	note: string;
	timer_label: string | null;
	timer_ms: number | null;
	/** JSON: a list of hazards. */
	hazards: string;
}

export interface LessonMarksTable {
	lesson_id: string;
	/** Counts whenever steps, turns or areas are saved. */
	revision: number;
	saved_by: string | null;
	saved_at: Instant;
}

export interface LessonTurnTable {
	lesson_id: string;
	start_ms: number;
	end_ms: number;
	sign_start_ms: number | null;
	sign_end_ms: number | null;
	hands_start_ms: number | null;
	hands_end_ms: number | null;
}

/** Thousandths of the demonstration's width and height. */
export interface ActionAreaTable {
	lesson_id: string;
	start_ms: number;
	end_ms: number;
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface SignSectionTable {
	lesson_id: string;
	lesson_ms: number;
	media_ms: number;
	length_ms: number;
}

/** Who last said by hand where the sign track belongs, and what that was. */
export interface SignPlacingTable {
	lesson_id: string;
	/** Names the places that were saved (`placementOf`): others may have come since in another way. */
	placement: string;
	/** The video they were meant for. */
	sign_track_id: string;
	saved_by: string | null;
	saved_at: Instant;
}

export interface CompositeTable {
	id: string;
	lesson_id: string;
	layout: CompositeLayout;
	state: TrackState;
	digest: string | null;
	/** Of the tracks it was made of. */
	demonstration_digest: string | null;
	prepared_bytes: number | null;
	sign_digest: string | null;
	/** Names where the sign track stood (`placementOf`); null before this was kept. */
	placement: string | null;
	/** Since when the draft has another one; versions may still need it. */
	superseded_at: Instant | null;
	width: number | null;
	height: number | null;
}

export interface GlossaryTermTable {
	id: string;
	course_id: string;
	position: number;
	term: string;
	/** JSON: a list of texts. */
	variants: string;
	explanation: string;
	clip_id: string | null;
	clip_state: TrackState | null;
	clip_failure_code: string | null;
	clip_digest: string | null;
	clip_width: number | null;
	clip_height: number | null;
	/** Of the film as it was sent. */
	clip_bytes: number | null;
}

/** Words taken out, which can be put back for a while. */
export interface GlossaryTermRemovedTable {
	id: string;
	course_id: string;
	clip_id: string | null;
	clip_bytes: number | null;
	/** JSON: the row of `glossary_term` as it was. */
	term_row: string;
	removed_at: Instant;
}

export interface PersonPlayerSettingsTable {
	person_id: string;
	/** JSON: whatever the player keeps. */
	settings: string;
	updated_at: Instant;
}
