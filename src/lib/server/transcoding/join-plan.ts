import { even } from './plan.ts';
import type { JoinPlan, Place } from './transcoder.ts';

/** What is recorded may be larger; it is made smaller again for the sign track's largest rung. */
const SHORT_SIDE_MAX = 1080;
const LONG_SIDE_MAX = 1920;

type Size = { width: number; height: number };
type Recorded = Size & { source: string; fromFrame: number; frames: number };

/**
 * One film of recordings that differ in size and shape, each of them whole: the canvas has the
 * shape that most of the time is recorded in, the others stand in its middle. Pure.
 */
export function joinPlan(recorded: readonly Recorded[]): JoinPlan {
	const canvas = canvasFor(recorded);
	return {
		version: 1,
		...canvas,
		pieces: recorded.map(({ source, fromFrame, frames, ...size }) => ({
			...{ source, fromFrame, frames },
			place: wholeIn(canvas, size)
		}))
	};
}

function canvasFor(recorded: readonly Recorded[]): Size {
	const framesOf = new Map<string, number>();
	const shapeOf = ({ width, height }: Size): string => (width / height).toFixed(2);
	for (const each of recorded)
		framesOf.set(shapeOf(each), (framesOf.get(shapeOf(each)) ?? 0) + each.frames);
	const [shape] = [...framesOf].reduce((most, each) => (each[1] > most[1] ? each : most));
	const { width, height } = recorded
		.filter((each) => shapeOf(each) === shape)
		.reduce((largest, each) => (each.width > largest.width ? each : largest));
	const scale = Math.min(
		1,
		SHORT_SIDE_MAX / Math.min(width, height),
		LONG_SIDE_MAX / Math.max(width, height)
	);
	return { width: even(width * scale), height: even(height * scale) };
}

function wholeIn(canvas: Size, { width, height }: Size): Place {
	const scale = Math.min(canvas.width / width, canvas.height / height);
	// A pixel or two of another shape are no reason for a black line.
	const sized = (pixels: number, most: number): number =>
		most - pixels * scale < 4 ? most : even(pixels * scale);
	const size = { width: sized(width, canvas.width), height: sized(height, canvas.height) };
	return {
		x: even((canvas.width - size.width) / 2),
		y: even((canvas.height - size.height) / 2),
		...size
	};
}
