import { mix } from './easing.ts';
import { colour } from './palette.ts';
import { box, type Canvas, disc, line, type Point, within } from './shapes.ts';

/**
 * How a hand is held. Lengths from 0 (folded) to 1 (stretched), thumb first; `spread` from 0
 * (fingers together) to 1 (fanned out).
 */
export type Hold = { fingers: readonly [number, number, number, number, number]; spread: number };
export type Side = 'left' | 'right';
/** Wrist position, turn in radians (0 = fingers up) and hold. */
export type HandPose = { x: number; y: number; turn: number; scale: number; hold: Hold };

export const holds = {
	open: { fingers: [1, 1, 1, 1, 1], spread: 0.75 },
	flat: { fingers: [0.8, 1, 1, 1, 1], spread: 0.08 },
	cup: { fingers: [0.85, 0.72, 0.76, 0.72, 0.62], spread: 0.25 },
	fist: { fingers: [0.45, 0.3, 0.32, 0.3, 0.26], spread: 0 },
	one: { fingers: [0.4, 1, 0.3, 0.28, 0.26], spread: 0.1 },
	two: { fingers: [0.4, 1, 1, 0.28, 0.26], spread: 0.6 },
	three: { fingers: [0.4, 1, 1, 1, 0.26], spread: 0.6 },
	four: { fingers: [0.35, 1, 1, 1, 1], spread: 0.7 }
} as const satisfies Record<string, Hold>;

export function mixHolds(from: Hold, to: Hold, share: number): Hold {
	const finger = (index: 0 | 1 | 2 | 3 | 4) => mix(from.fingers[index], to.fingers[index], share);
	return {
		fingers: [finger(0), finger(1), finger(2), finger(3), finger(4)],
		spread: mix(from.spread, to.spread, share)
	};
}

type Finger = { base: Point; angle: number; fan: number; length: number; width: number };

// A right hand with its back to us; the left hand is its mirror image.
const fingerShapes: readonly Finger[] = [
	{ base: { x: -30, y: -22 }, angle: -0.75, fan: -0.3, length: 52, width: 23 },
	{ base: { x: -25, y: -66 }, angle: -0.05, fan: -0.26, length: 60, width: 20 },
	{ base: { x: -8, y: -72 }, angle: -0.01, fan: -0.06, length: 68, width: 20 },
	{ base: { x: 9, y: -70 }, angle: 0.03, fan: 0.14, length: 62, width: 19 },
	{ base: { x: 25, y: -62 }, angle: 0.08, fan: 0.34, length: 49, width: 17 }
];

function tipOf(finger: Finger, length: number, spread: number): Point {
	const angle = finger.angle + finger.fan * spread;
	const reach = finger.length * length;
	return {
		x: finger.base.x + Math.sin(angle) * reach,
		y: finger.base.y - Math.cos(angle) * reach
	};
}

/** Draws the hand; the wrist is the origin of the pose. */
export function drawHand(canvas: Canvas, pose: HandPose, side: Side): void {
	const mirror = side === 'left' ? -1 : 1;
	within(canvas, { ...pose, scaleX: mirror }, () => {
		const palm = [
			{ x: 0, y: -8 },
			{ x: 0, y: -50 }
		];
		line(canvas, palm, 74, colour.skinLine);
		fingerShapes.forEach((finger, index) => {
			const length = pose.hold.fingers[index] ?? 1;
			const tip = tipOf(finger, length, pose.hold.spread);
			line(canvas, [finger.base, tip], finger.width + 6, colour.skinLine);
			line(canvas, [finger.base, tip], finger.width, colour.skin);
		});
		line(canvas, palm, 68, colour.skin);
		drawKnuckles(canvas, pose.hold);
	});
}

function drawKnuckles(canvas: Canvas, hold: Hold): void {
	// Folded fingers lie on the palm; without these lines a fist would be a ball.
	fingerShapes.slice(1).forEach((finger, index) => {
		const isFolded = (hold.fingers[index + 1] ?? 1) < 0.5;
		if (!isFolded) return;
		const { x, y } = finger.base;
		line(
			canvas,
			[
				{ x: x + 8, y: y - 8 },
				{ x: x + 8, y: y + 14 }
			],
			3,
			colour.skinLine
		);
	});
	if (hold.fingers[0] < 0.5) {
		const thumb = [
			{ x: -26, y: -30 },
			{ x: 4, y: -44 }
		];
		line(canvas, thumb, 26, colour.skinLine);
		line(canvas, thumb, 20, colour.skin);
	}
}

/**
 * An arm that reaches into the picture from `elbow`, with a rolled sleeve, and its hand. The hand
 * turns with the arm plus the pose's own turn.
 */
export function drawReach(canvas: Canvas, elbow: Point, pose: HandPose, side: Side): void {
	const angle = Math.atan2(pose.x - elbow.x, elbow.y - pose.y);
	const back = (distance: number): Point => ({
		x: pose.x - Math.sin(angle) * distance * pose.scale,
		y: pose.y + Math.cos(angle) * distance * pose.scale
	});
	line(canvas, [back(0), back(140)], 58 * pose.scale, colour.skinLine);
	line(canvas, [back(0), back(140)], 52 * pose.scale, colour.skin);
	line(canvas, [back(150), elbow], 100 * pose.scale, colour.sleeve);
	drawCuff(canvas, back(136), angle, pose.scale);
	drawHand(canvas, { ...pose, turn: pose.turn + angle }, side);
	disc(canvas, pose.x, pose.y, 25 * pose.scale, colour.skin);
}

/** The rolled end of a sleeve, across an arm that points along `angle` (0 = up). */
export function drawCuff(canvas: Canvas, place: Point, angle: number, scale: number): void {
	within(canvas, { ...place, turn: angle, scale }, () => {
		box(canvas, -56, -20, 112, 40, 16, colour.cuff);
		box(canvas, -56, 12, 112, 8, 4, '#dccdb0');
	});
}
