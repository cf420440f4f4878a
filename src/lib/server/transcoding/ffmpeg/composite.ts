import { FRAME_RATE } from '../plan.ts';
import type { CompositePlan, Piece, Place, Prepared, PreparedRung } from '../transcoder.ts';
import { eachSmaller, QUIETLY, reading, rungArguments } from './ladder.ts';

/** The smallest rung that need not be enlarged for its place; else the largest. */
export function rungFor(film: Prepared, { width, height }: Place): PreparedRung {
	const enough = film.rungs.filter((rung) => rung.width >= width && rung.height >= height);
	const chosen = enough.at(-1) ?? film.rungs[0];
	if (!chosen) throw new Error('a film without rungs');
	return chosen;
}

/**
 * One pass: both films are decoded once and stand frame by frame on one picture, the rungs below
 * are scaled from it. Both are renditions of ours, so their frame n is at n / 30 s.
 * @param fromFrame pictures before this one are there already
 */
export function compositeArguments(paths: string[], plan: CompositePlan, fromFrame = 0): string[] {
	return [
		...QUIETLY,
		...paths.flatMap(reading),
		...['-filter_complex', filterGraph(plan, fromFrame)],
		...plan.rungs.flatMap(rungArguments)
	];
}

function filterGraph(
	{ places, pieces, rungs, durationMs }: CompositePlan,
	fromFrame: number
): string {
	const [largest] = rungs;
	if (!largest) throw new Error('a plan without rungs');
	const { demonstration, sign } = places;
	const frames = Math.round((durationMs * FRAME_RATE) / 1000);
	const canvas = `pad=${largest.width}:${largest.height}:${demonstration.x}:${demonstration.y}:black`;
	const below = `[0:v]fps=${FRAME_RATE}:start_time=0,${scaled(demonstration)},${canvas}[below]`;
	const above = `[1:v]${inLessonTime(pieces)},${scaled(sign)}[above]`;
	// After its last frame the signer's stands; the demonstration says where the lesson ends.
	const both = `[below][above]overlay=${sign.x}:${sign.y}:eof_action=repeat,trim=end_frame=${frames}`;
	return [below, above, eachSmaller(`${both},setsar=1`, rungs, fromFrame)].join(';');
}

const scaled = ({ width, height }: Place): string =>
	`scale=${width}:${height},setsar=1,format=yuv420p`;

/**
 * Moves each piece of the sign track to its place in the lesson. `fps` then fills what is empty:
 * with the first frame before the first piece, with the last frame of a piece after it.
 */
function inLessonTime(pieces: readonly Piece[]): string {
	const sum = (term: (piece: Piece) => string): string => pieces.map(term).join('+');
	const chosen = sum(
		({ mediaFrame, frames }) => `between(n,${mediaFrame},${mediaFrame + frames - 1})`
	);
	const at = `(PTS*TB*${FRAME_RATE})`;
	// A sum, in which one term counts: ffmpeg takes no deeply nested conditions.
	const moved = sum(({ lessonFrame, mediaFrame, frames }) => {
		const isInside = `between(${at},${mediaFrame - 0.5},${mediaFrame + frames - 0.5})`;
		return `${isInside}*(${lessonFrame - mediaFrame})`;
	});
	const clock = `setpts='PTS+(${moved})/(${FRAME_RATE}*TB)'`;
	return `select='${chosen}',${clock},fps=${FRAME_RATE}:start_time=0`;
}
