/**
 * Placing a sign track by hand: as one piece that begins somewhere in the lesson, or in pieces, each
 * with its place in the lesson and in the signer's own video. All times are milliseconds.
 */
import { momentText } from './moment.ts';
import { piecesOf, type Section, type SignPlacement } from './timeline.ts';

/** Both videos of a lesson are held on one grid of frames (server/transcoding/plan.ts). */
const FRAME_MS = 1000 / 30;
/** Less than a frame is nothing to be seen. */
const MIN_PIECE_MS = 30;
/** Nearer than half a frame, two times mean the same. */
const SAME_MS = FRAME_MS / 2;

/** One without a length goes on for as long as there is room for it. */
export type Piece = { lessonMs: number; mediaMs: number; lengthMs?: number };
/** Pieces stand in the order of the lesson; without any, the whole video begins at `offsetMs`. */
export type Placing = { offsetMs: number; pieces: readonly Piece[] };
/** How long both videos are. */
export type Lengths = { lessonMs: number; signMs: number };

export type PlacingProblem = {
	code:
		| 'sign_outside'
		| 'piece_outside_lesson'
		| 'piece_outside_sign'
		| 'piece_overlaps'
		| 'piece_backwards'
		| 'piece_sign_twice'
		| 'piece_over_end'
		| 'piece_over_sign_end'
		| 'piece_too_short';
	/** When the video that is spoken of is over, in words. */
	values?: { end: string };
};

/** So many frames later, or earlier where negative, on the grid of frames. */
export const byFrames = (ms: number, frames: number): number =>
	Math.round((Math.round(ms / FRAME_MS) + frames) * FRAME_MS);

/** The nearest border between two frames. */
export const onFrames = (ms: number): number => byFrames(ms, 0);

export const inOrder = (pieces: readonly Piece[]): Piece[] =>
	[...pieces].sort((a, b) => a.lessonMs - b.lessonMs);

/** How long a piece can be: until the next one, or one of the videos, ends it. */
function roomFor(pieces: readonly Piece[], at: number, { lessonMs, signMs }: Lengths): number {
	const [piece, next] = [pieces[at], pieces[at + 1]];
	if (!piece) return 0;
	const inLesson = Math.min(next?.lessonMs ?? lessonMs, lessonMs) - piece.lessonMs;
	const inSign = Math.min(next?.mediaMs ?? signMs, signMs) - piece.mediaMs;
	return Math.max(0, Math.min(inLesson, inSign));
}

/** Pieces with the lengths they have; what is wrong with them stays wrong. */
export const sectionsIn = (pieces: readonly Piece[], lengths: Lengths): Section[] =>
	pieces.map(({ lessonMs, mediaMs, lengthMs }, at) => ({
		...{ lessonMs, mediaMs },
		lengthMs: lengthMs ?? roomFor(pieces, at, lengths)
	}));

/** As it is kept and played. */
export const placementIn = ({ offsetMs, pieces }: Placing, lengths: Lengths): SignPlacement =>
	pieces.length > 0
		? { offsetMs: 0, sections: sectionsIn(pieces, lengths) }
		: { offsetMs, sections: [] };

/** As it is edited: a piece that is as long as it can be need not say so. */
export function placingOf({ offsetMs, sections }: SignPlacement, lengths: Lengths): Placing {
	const pieces = inOrder(sections);
	return {
		offsetMs,
		pieces: pieces.map((piece, at) => {
			const { lessonMs, mediaMs, lengthMs = 0 } = piece;
			const isWhole = Math.abs(roomFor(pieces, at, lengths) - lengthMs) < SAME_MS;
			return isWhole ? { lessonMs, mediaMs } : { lessonMs, mediaMs, lengthMs };
		})
	};
}

/**
 * What is wrong, by where it was said: `offsetMs`, or `1.mediaMs` for the second piece. The signer's
 * video is gone through once, forwards, so that it can be read once.
 */
export function problemsOf(
	{ offsetMs, pieces }: Placing,
	lengths: Lengths
): Record<string, PlacingProblem> {
	if (pieces.length === 0) {
		const isSeen = offsetMs < lengths.lessonMs && -offsetMs < lengths.signMs;
		return isSeen ? {} : { offsetMs: { code: 'sign_outside' } };
	}
	return Object.fromEntries(
		pieces.flatMap((_, at) =>
			problemsAt(pieces, at, lengths).map(([field, problem]) => [`${at}.${field}`, problem])
		)
	);
}

function problemsAt(
	pieces: readonly Piece[],
	at: number,
	lengths: Lengths
): [keyof Piece, PlacingProblem][] {
	const [before, piece, next] = [pieces[at - 1], pieces[at], pieces[at + 1]];
	if (!piece) return [];
	const { lessonMs, mediaMs } = piece;
	const found: [keyof Piece, PlacingProblem][] = [];
	const inLesson = { end: momentText(lengths.lessonMs) };
	const inSign = { end: momentText(lengths.signMs) };
	if (lessonMs >= lengths.lessonMs)
		found.push(['lessonMs', { code: 'piece_outside_lesson', values: inLesson }]);
	else if (before && lessonMs < before.lessonMs + MIN_PIECE_MS)
		found.push(['lessonMs', { code: 'piece_overlaps' }]);
	if (mediaMs >= lengths.signMs)
		found.push(['mediaMs', { code: 'piece_outside_sign', values: inSign }]);
	else if (before && mediaMs < before.mediaMs + MIN_PIECE_MS)
		found.push(['mediaMs', { code: 'piece_backwards' }]);
	// A length cannot be judged between places that are wrong.
	if (piece.lengthMs === undefined || found.length > 0) return found;
	const [lessonEnd, mediaEnd] = [lessonMs + piece.lengthMs, mediaMs + piece.lengthMs];
	const length = (): PlacingProblem | undefined => {
		if (lessonEnd - lessonMs < MIN_PIECE_MS) return { code: 'piece_too_short' };
		if (lessonEnd > lengths.lessonMs) return { code: 'piece_over_end', values: inLesson };
		if (mediaEnd > lengths.signMs) return { code: 'piece_over_sign_end', values: inSign };
		if (next && lessonEnd > next.lessonMs) return { code: 'piece_overlaps' };
		if (next && mediaEnd > next.mediaMs) return { code: 'piece_sign_twice' };
		return undefined;
	};
	const problem = length();
	if (problem) found.push(['lengthMs', problem]);
	return found;
}

/** One piece that is as long as it can be, where nothing was marked yet. */
const wholeOf = (offsetMs: number): Piece => ({
	lessonMs: Math.max(0, offsetMs),
	mediaMs: Math.max(0, -offsetMs)
});

/**
 * From a moment of the lesson on, the signer's video goes on at a moment of its own: the piece that
 * went on until then ends there. One that begins at that moment goes on elsewhere instead.
 */
export function continuedAt({ offsetMs, pieces }: Placing, piece: Piece): Placing {
	const all = pieces.length > 0 ? pieces : [wholeOf(offsetMs)];
	const kept = all
		.filter(({ lessonMs }) => Math.abs(lessonMs - piece.lessonMs) >= SAME_MS)
		.map(({ lengthMs, ...one }) => {
			const isCut =
				lengthMs !== undefined &&
				one.lessonMs < piece.lessonMs &&
				one.lessonMs + lengthMs > piece.lessonMs;
			return isCut || lengthMs === undefined ? one : { ...one, lengthMs };
		});
	return { offsetMs, pieces: inOrder([...kept, piece]) };
}

/** In one piece again, which stands where its first piece stood. */
export function inOnePiece({ offsetMs, pieces: [first] }: Placing): Placing {
	return { offsetMs: first ? first.lessonMs - first.mediaMs : offsetMs, pieces: [] };
}

/** Without one of the pieces; without the last of them it is in one piece again. */
export const withoutPiece = (placing: Placing, at: number): Placing =>
	placing.pieces.length < 2
		? inOnePiece(placing)
		: { ...placing, pieces: placing.pieces.toSpliced(at, 1) };

/** The same with something else about one of the pieces; they stay in order. */
export const withPiece = (placing: Placing, at: number, changed: Piece): Placing => ({
	...placing,
	pieces: inOrder(placing.pieces.with(at, changed))
});

/** The piece shown at a moment of the lesson: the last that has begun, else the first; −1: no pieces. */
export const pieceAt = (pieces: readonly Piece[], atMs: number): number =>
	pieces.length === 0
		? -1
		: Math.max(
				0,
				pieces.findLastIndex(({ lessonMs }) => lessonMs <= atMs + SAME_MS)
			);

/**
 * The signer so many frames later against the hands, or earlier where negative. Of a piece, where it
 * stands in the lesson stays; only what comes before everything else in both videos moves there.
 */
export function moved(placing: Placing, at: number, frames: number): Placing {
	const piece = placing.pieces[at];
	if (!piece) return { ...placing, offsetMs: byFrames(placing.offsetMs, frames) };
	const mediaMs = byFrames(piece.mediaMs, -frames);
	if (mediaMs >= 0 && (at > 0 || piece.mediaMs > 0 || piece.lessonMs === 0))
		return withPiece(placing, at, { ...piece, mediaMs });
	if (at > 0) return withPiece(placing, at, { ...piece, mediaMs: 0 });
	const lessonMs = byFrames(piece.lessonMs - piece.mediaMs, frames);
	return withPiece(placing, at, { ...piece, ...wholeOf(lessonMs) });
}

/** What of the signer's video is shown at a moment of the lesson; undefined where nobody signs. */
export function mediaAt(placement: SignPlacement, atMs: number, signMs: number) {
	const shown = piecesOf(placement, signMs).find(
		({ lessonMs, lengthMs }) => atMs >= lessonMs - SAME_MS && atMs < lessonMs + lengthMs - SAME_MS
	);
	return shown && Math.max(0, atMs - shown.lessonMs + shown.mediaMs);
}
