/** Whether somebody signs what the captions say. */
import { piecesOf, type SignPlacement, type Span } from './timeline.ts';

/** A cue counts as signed when somebody signs for half of it: signing begins late and ends early. */
const SIGNED_SHARE = 0.5;

/**
 * The cues during which nobody signs.
 * @param signMs how long the sign track is, in milliseconds; 0 where there is none
 */
export function unsignedCues<Cue extends Span>(
	cues: readonly Cue[],
	placement: SignPlacement,
	signMs: number
): Cue[] {
	const pieces = piecesOf(placement, signMs);
	return cues.filter(({ startMs, endMs }) => {
		const signedMs = pieces.reduce((sum, { lessonMs, lengthMs }) => {
			const overlap = Math.min(endMs, lessonMs + lengthMs) - Math.max(startMs, lessonMs);
			return sum + Math.max(0, overlap);
		}, 0);
		return signedMs < SIGNED_SHARE * (endMs - startMs);
	});
}
