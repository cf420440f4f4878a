import { even, FRAME_RATE } from './plan.ts';
import type { CompositePlan, Piece, Place, Prepared, Rung, TrackKind } from './transcoder.ts';

type Size = { width: number; height: number };
type Films = Record<TrackKind, Pick<Prepared, 'width' | 'height' | 'durationMs'>>;
/** Where the sign track stands in the lesson: as one piece, or in sections. */
type Placement = {
	offsetMs: number;
	sections: readonly { lessonMs: number; mediaMs: number; lengthMs: number }[];
};
type Arrangement = { canvas: Size; places: Record<TrackKind, Place> };

/** Side by side both stand at this height: on a phone held across, about its own. */
const SIDE_HEIGHT_MAX = 540;
const SIDE_WIDTH_MAX = 1920;
/** In the corner layout the demonstration's short side. */
const CORNER_SHORT_SIDE_MAX = 720;
/** A little over a third: the share of the player's own small picture. */
const SIGNER_SHARE = 0.34;
const SMALLER = 2 / 3;
/** As for a sign track of the same height: hands blur first. */
const QUALITY = 22;
const BITS_PER_PIXEL = 3.4;

/**
 * Both pictures in one video, each whole and in its own proportions, on the shared frame grid.
 * Pure; even sizes and places, as 4:2:0 takes them.
 */
export function compositePlan(
	kind: CompositePlan['kind'],
	films: Films,
	placement: Placement
): CompositePlan {
	const { canvas, places } = kind === 'side' ? sideBySide(films) : inCorner(films);
	return {
		version: 1,
		kind,
		durationMs: films.demonstration.durationMs,
		places,
		pieces: piecesOf(films, placement),
		rungs: [1, SMALLER].map((scale) => rungOf(canvas, scale))
	};
}

function sideBySide({ demonstration, sign }: Films): Arrangement {
	const ratios = demonstration.width / demonstration.height + sign.width / sign.height;
	const tallest = Math.max(demonstration.height, sign.height);
	const height = even(Math.min(SIDE_HEIGHT_MAX, tallest, SIDE_WIDTH_MAX / ratios));
	const left = scaledTo(demonstration, { height });
	const right = scaledTo(sign, { height });
	return {
		canvas: { width: left.width + right.width, height },
		places: {
			demonstration: { x: 0, y: 0, ...left },
			sign: { x: left.width, y: 0, ...right }
		}
	};
}

/** Bottom right; a signer taller than the demonstration makes the picture taller, and is not cut. */
function inCorner({ demonstration, sign }: Films): Arrangement {
	const short = Math.min(demonstration.width, demonstration.height);
	const scale = Math.min(1, CORNER_SHORT_SIDE_MAX / short);
	const whole = scaledTo(demonstration, { height: even(demonstration.height * scale) });
	const small = scaledTo(sign, { width: even(whole.width * SIGNER_SHARE) });
	const canvas = { width: whole.width, height: Math.max(whole.height, small.height) };
	return {
		canvas,
		places: {
			demonstration: { x: 0, y: 0, ...whole },
			sign: { x: canvas.width - small.width, y: canvas.height - small.height, ...small }
		}
	};
}

const nearestEven = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);

function scaledTo(film: Size, wish: { width: number } | { height: number }): Size {
	if ('height' in wish)
		return { width: nearestEven((wish.height * film.width) / film.height), height: wish.height };
	return { width: wish.width, height: nearestEven((wish.width * film.height) / film.width) };
}

function rungOf({ width, height }: Size, scale: number): Rung {
	const size = { width: nearestEven(width * scale), height: nearestEven(height * scale) };
	return {
		name: String(Math.min(size.width, size.height)),
		...size,
		quality: QUALITY,
		maxBitsPerSecond: Math.max(64_000, Math.round(size.width * size.height * BITS_PER_PIXEL))
	};
}

const framesIn = (ms: number): number => Math.round((ms * FRAME_RATE) / 1000);

function piecesOf({ demonstration, sign }: Films, { offsetMs, sections }: Placement): Piece[] {
	const whole = {
		lessonMs: Math.max(0, offsetMs),
		mediaMs: Math.max(0, -offsetMs),
		lengthMs: sign.durationMs - Math.max(0, -offsetMs)
	};
	const [lessonFrames, signFrames] = [
		framesIn(demonstration.durationMs),
		framesIn(sign.durationMs)
	];
	return (sections.length > 0 ? sections : [whole]).flatMap(({ lessonMs, mediaMs, lengthMs }) => {
		const [lessonFrame, mediaFrame] = [framesIn(lessonMs), framesIn(mediaMs)];
		// A video may have been replaced by a shorter one since.
		const room = Math.min(lessonFrames - lessonFrame, signFrames - mediaFrame);
		const frames = Math.min(framesIn(lessonMs + lengthMs) - lessonFrame, room);
		return frames > 0 ? [{ lessonFrame, mediaFrame, frames }] : [];
	});
}
