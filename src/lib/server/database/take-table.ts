/** The part of `tables.ts` that is about recordings of a signer. */
import type { TakeState } from '#lib/domain/takes.ts';
import type { Instant } from './tables.ts';

export interface TakeTable {
	id: string;
	lesson_id: string;
	upload_id: string;
	/** The part of the lesson it was recorded over. */
	start_ms: number;
	end_ms: number;
	/** Its own milliseconds, as those below: when the demonstration stood at `start_ms`. */
	align_ms: number;
	trim_start_ms: number;
	trim_end_ms: number;
	state: TakeState;
	failure_code: string | null;
	duration_ms: number | null;
	width: number | null;
	height: number | null;
	/** The track it was last joined into. */
	track_id: string | null;
	created_at: Instant;
	replaced_at: Instant | null;
}
