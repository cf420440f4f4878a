/** The grid on which pictures change. Every track of a lesson is encoded at one constant rate. */

export const FRAME_MS = 1000 / 30;

/** The number of the frame on screen at a time; a hair's rounding never falls to the one before. */
export const frameAt = (ms: number): number => Math.floor(ms / FRAME_MS + 0.02);

/**
 * The middle of a frame. Seeks aim at middles: a time on the edge between two frames is rounded
 * one way by one decoder and the other way by the next.
 */
export const middleOf = (frame: number): number => (frame + 0.5) * FRAME_MS;

/** The middle of the last frame that begins before a time. */
export const lastMiddleBefore = (ms: number): number =>
	middleOf(Math.max(0, Math.ceil(ms / FRAME_MS - 0.02) - 1));
