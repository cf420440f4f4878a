import { along, easeInOut, mix, span } from './easing.ts';
import { type Hold, holds, mixHolds } from './hand.ts';

/**
 * Movements of the placeholder figure. They are NOT signs of any sign language and do not try to
 * look like them: friendly pointing, counting and miming, until a deaf teacher's real video stands
 * here.
 */
export type Arm = { x: number; y: number; turn: number; hold: Hold };
export type Gesture = { left: Arm; right: Arm; brow: number; smile: number; tilt: number };
type Movement = (t: number) => Gesture;

/** Wrists are measured from the middle of the chest, to the side and downwards. */
const atRest: Arm = { x: 62, y: 150, turn: -1.05, hold: holds.flat };

function gesture(left: Partial<Arm>, right: Partial<Arm>, face: Partial<Gesture> = {}): Gesture {
	return {
		left: { ...atRest, ...left },
		right: { ...atRest, ...right },
		brow: face.brow ?? 0,
		smile: face.smile ?? 0.6,
		tilt: face.tilt ?? 0
	};
}

const rest: Movement = () => gesture({}, { y: 142 }, { smile: 0.7 });

/** Looks down at the work beside it. */
const watch: Movement = () => gesture({}, { y: 142 }, { smile: 0.6, tilt: 0.1 });

const wave: Movement = (t) =>
	gesture(
		{},
		{ x: 196, y: -40, turn: 0.15 + Math.sin(t * 9) * 0.32, hold: holds.open },
		{ brow: 1, smile: 1, tilt: 0.05 }
	);

function count(hold: Hold): Movement {
	return (t) =>
		gesture(
			{},
			{ x: 176, y: -16 + Math.sin(t * 3) * 4, turn: 0.02, hold },
			{ brow: 0.9, tilt: 0.03 }
		);
}

const stir: Movement = (t) =>
	gesture(
		{ x: 110, y: 84, turn: 0.9, hold: holds.cup },
		{
			x: 70 + Math.cos(t * 4.4) * 52,
			y: 44 + Math.sin(t * 4.4) * 30,
			turn: -0.7,
			hold: holds.fist
		},
		{ tilt: -0.04 }
	);

const roll: Movement = (t) => {
	const y = 66 + Math.sin(t * 4) * 44;
	return gesture(
		{ x: 150, y, turn: 0.25, hold: holds.fist },
		{ x: 150, y, turn: -0.25, hold: holds.fist },
		{ brow: 0.3 }
	);
};

const wrap: Movement = (t) =>
	gesture(
		{ x: 104, y: 96, turn: 0.95, hold: holds.cup },
		{
			x: 86 + Math.cos(t * 3.6) * 22,
			y: 18 + Math.sin(t * 3.6) * 16,
			turn: -2.2,
			hold: mixHolds(holds.cup, holds.open, 0.5 + 0.5 * Math.sin(t * 3.6))
		},
		{ tilt: 0.05, brow: 0.2 }
	);

const palms: Movement = (t) =>
	gesture(
		{ x: 66 + Math.cos(t * 5) * 16, y: 78 + Math.sin(t * 5) * 14, turn: 1.35, hold: holds.cup },
		{ x: 66 - Math.cos(t * 5) * 16, y: 26 - Math.sin(t * 5) * 14, turn: -1.35, hold: holds.cup },
		{ smile: 0.8 }
	);

const press: Movement = (t) => {
	const down = easeInOut(Math.abs(((t * 1.1) % 2) - 1));
	return gesture(
		{ x: 82, y: 120, turn: 1.25, hold: holds.fist },
		{ x: 76, y: mix(-30, 46, down), turn: -1.3, hold: holds.flat },
		{ brow: down * 0.5 }
	);
};

const turnOver: Movement = (t) => {
	const turn = Math.sin(t * 2.6);
	return gesture(
		{ x: 150, y: 60, turn: turn * 0.9, hold: holds.cup },
		{ x: 150, y: 60, turn: turn * 0.9, hold: holds.cup },
		{ tilt: turn * 0.06, brow: 0.4 }
	);
};

const pushTray: Movement = (t) => {
	const out = easeInOut(Math.abs(((t * 0.8) % 2) - 1));
	return gesture(
		{ x: mix(96, 170, out), y: mix(104, 20, out), turn: -0.1, hold: holds.flat },
		{ x: mix(96, 170, out), y: mix(104, 20, out), turn: 0.1, hold: holds.flat }
	);
};

const waitTime: Movement = (t) =>
	gesture(
		{ x: 74, y: 96, turn: 1.4, hold: holds.flat },
		{
			x: 96 + Math.sin(t * 2) * 10,
			y: 44 - Math.cos(t * 2) * 10,
			turn: -1 + (t % 6) * 0.3,
			hold: holds.one
		},
		{ tilt: -0.06 }
	);

const ringing: Movement = (t) =>
	gesture(
		{},
		{ x: 190, y: -70, turn: Math.sin(t * 12) * 0.3, hold: holds.one },
		{ brow: 1, smile: 0.9 }
	);

const praise: Movement = (t) => {
	const shake = Math.sin(t * 11) * 0.28;
	const arm = { x: 172, y: -44 + Math.sin(t * 5.5) * 4, hold: holds.open };
	return gesture(
		{ ...arm, turn: -0.1 + shake },
		{ ...arm, turn: 0.1 + shake },
		{ smile: 1, brow: 0.8 }
	);
};

/** From when (seconds) which movement runs. */
export type Script = readonly (readonly [fromSeconds: number, movement: Movement])[];

export const signScript: Script = [
	[0, rest],
	[0.5, wave],
	[2.3, rest],
	[3.1, count(holds.one)],
	[4.7, stir],
	[7.4, rest],
	[8, roll],
	[11, rest],
	[12.1, count(holds.two)],
	[13.7, wrap],
	[17.4, palms],
	[20.2, rest],
	[21.1, count(holds.three)],
	[22.7, press],
	[25.2, turnOver],
	[27.6, praise],
	[29.2, rest],
	[30.1, count(holds.four)],
	[31.5, pushTray],
	[33.4, waitTime],
	[36.2, ringing],
	[37.7, praise],
	[39.4, rest]
];

export const signedAtSourceScript: Script = [
	[0, rest],
	[0.4, wave],
	[1.8, count(holds.one)],
	[3.2, stir],
	[5.6, watch],
	[11, count(holds.two)],
	[12.4, roll],
	[15, watch],
	[20, praise],
	[21.5, rest]
];

const passageSeconds = 0.5;

/** What the figure does at one moment, passing softly from movement to movement. */
export function gestureAt(time: number, script: Script): Gesture {
	const index = script.findLastIndex(([from]) => time >= from);
	const [from, movement] = script[index] ?? [0, rest];
	const previous = script[index - 1]?.[1] ?? movement;
	return mixGestures(
		previous(time),
		movement(time),
		easeInOut(span(time, from, from + passageSeconds))
	);
}

function mixGestures(a: Gesture, b: Gesture, share: number): Gesture {
	const arm = (one: Arm, other: Arm): Arm => ({
		x: mix(one.x, other.x, share),
		y: mix(one.y, other.y, share),
		turn: mix(one.turn, other.turn, share),
		hold: mixHolds(one.hold, other.hold, share)
	});
	return {
		left: arm(a.left, b.left),
		right: arm(a.right, b.right),
		brow: mix(a.brow, b.brow, share),
		smile: mix(a.smile, b.smile, share),
		tilt: mix(a.tilt, b.tilt, share)
	};
}

/** Eyes shut for a sixth of a second every few seconds: 0 open, 1 shut. */
export function blinkAt(time: number): number {
	return along(time % 3.7, [
		[3.2, 0],
		[3.28, 1],
		[3.38, 0]
	]);
}
