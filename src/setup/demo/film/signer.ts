import { mix } from './easing.ts';
import { type Arm, blinkAt, type Gesture } from './gestures.ts';
import { drawCuff, drawHand, type Side } from './hand.ts';
import { colour } from './palette.ts';
import { box, type Canvas, disc, line, oval, type Point, within } from './shapes.ts';

const shoulder = { x: 118, y: -52 };

/**
 * The friendly baker, head to waist; the origin is the middle of the chest. Plain dark clothes and a
 * plain background, as in every good sign language video, so that hands stand out.
 */
export function drawSigner(canvas: Canvas, pose: Gesture, time: number): void {
	const breath = Math.sin(time * 1.9) * 2;
	within(canvas, { y: breath }, () => {
		drawBody(canvas);
		within(canvas, { x: 0, y: -92, turn: pose.tilt }, () => drawHead(canvas, pose, time));
		drawUpperArm(canvas, pose.left, 'left');
		drawUpperArm(canvas, pose.right, 'right');
		drawForearmAndHand(canvas, pose.left, 'left');
		drawForearmAndHand(canvas, pose.right, 'right');
	});
}

function drawBody(canvas: Canvas): void {
	box(canvas, -34, -130, 68, 90, 30, '#dfa37b');
	canvas.beginPath();
	canvas.moveTo(-60, -92);
	canvas.bezierCurveTo(-150, -84, -172, -40, -168, 40);
	canvas.lineTo(-146, 330);
	canvas.lineTo(146, 330);
	canvas.lineTo(168, 40);
	canvas.bezierCurveTo(172, -40, 150, -84, 60, -92);
	canvas.quadraticCurveTo(0, -40, -60, -92);
	canvas.fillStyle = colour.sleeve;
	canvas.fill();
	drawApron(canvas);
}

function drawApron(canvas: Canvas): void {
	line(
		canvas,
		[
			{ x: -72, y: -86 },
			{ x: -84, y: 40 }
		],
		18,
		colour.redDark
	);
	line(
		canvas,
		[
			{ x: 72, y: -86 },
			{ x: 84, y: 40 }
		],
		18,
		colour.redDark
	);
	canvas.beginPath();
	canvas.roundRect(-98, 22, 196, 330, [26, 26, 0, 0]);
	canvas.fillStyle = colour.redDark;
	canvas.fill();
	line(
		canvas,
		[
			{ x: -84, y: 46 },
			{ x: 84, y: 46 }
		],
		5,
		'#c2523e'
	);
	line(
		canvas,
		[
			{ x: -146, y: 206 },
			{ x: 146, y: 206 }
		],
		18,
		'#8e2c1f'
	);
}

/**
 * The elbow hangs beside the waist and follows the wrist a little. (Two stiff bones would throw the
 * elbows out like wings, because a flat picture cannot show an arm that points forward.)
 */
function elbowOf(arm: Arm, side: Side): { from: Point; elbow: Point; wrist: Point } {
	const mirror = side === 'left' ? -1 : 1;
	const elbow = { x: 158 + (arm.x - 100) * 0.22, y: 92 + (arm.y - 60) * 0.3 };
	return {
		from: { x: shoulder.x * mirror, y: shoulder.y },
		elbow: { x: elbow.x * mirror, y: elbow.y },
		wrist: { x: arm.x * mirror, y: arm.y }
	};
}

function drawUpperArm(canvas: Canvas, arm: Arm, side: Side): void {
	const { from, elbow } = elbowOf(arm, side);
	line(canvas, [from, elbow], 88, colour.sleeveDark);
	line(canvas, [from, elbow], 80, colour.sleeve);
}

function drawForearmAndHand(canvas: Canvas, arm: Arm, side: Side): void {
	const { elbow, wrist } = elbowOf(arm, side);
	const towards = (share: number): Point => ({
		x: mix(elbow.x, wrist.x, share),
		y: mix(elbow.y, wrist.y, share)
	});
	line(canvas, [towards(0.2), wrist], 56, colour.skinLine);
	line(canvas, [towards(0.2), wrist], 50, colour.skin);
	line(canvas, [elbow, towards(0.4)], 88, colour.sleeveDark);
	line(canvas, [elbow, towards(0.4)], 80, colour.sleeve);
	const angle = Math.atan2(wrist.x - elbow.x, elbow.y - wrist.y);
	drawCuff(canvas, towards(0.5), angle, 0.84);
	drawHand(canvas, { ...wrist, turn: arm.turn, scale: 0.98, hold: arm.hold }, side);
	disc(canvas, wrist.x, wrist.y, 22, colour.skin);
}

function drawHead(canvas: Canvas, pose: Gesture, time: number): void {
	disc(canvas, 0, -228, 50, colour.hair);
	disc(canvas, -12, -240, 14, '#44353c');
	oval(canvas, 0, -108, 110, 118, colour.hair);
	for (const mirror of [-1, 1]) {
		disc(canvas, 94 * mirror, -84, 20, colour.skin);
		disc(canvas, 96 * mirror, -58, 6, colour.yolk);
	}
	oval(canvas, 0, -88, 92, 98, colour.skin);
	canvas.save();
	canvas.beginPath();
	canvas.ellipse(0, -88, 93, 99, 0, 0, Math.PI * 2);
	canvas.clip();
	canvas.beginPath();
	canvas.moveTo(-110, -78);
	canvas.quadraticCurveTo(-86, -150, 18, -160);
	canvas.quadraticCurveTo(84, -150, 110, -78);
	canvas.lineTo(110, -240);
	canvas.lineTo(-110, -240);
	canvas.closePath();
	canvas.fillStyle = colour.hair;
	canvas.fill();
	canvas.restore();
	canvas.beginPath();
	canvas.arc(0, -104, 106, Math.PI * 1.16, Math.PI * 1.84);
	canvas.lineWidth = 28;
	canvas.lineCap = 'round';
	canvas.strokeStyle = colour.red;
	canvas.stroke();
	for (const dot of [-0.5, -0.25, 0, 0.25, 0.5]) {
		disc(canvas, Math.sin(dot * 1.5) * 106, -104 - Math.cos(dot * 1.5) * 106, 5, colour.paper);
	}
	drawFace(canvas, pose, blinkAt(time));
}

function drawFace(canvas: Canvas, pose: Gesture, blink: number): void {
	for (const mirror of [-1, 1]) {
		oval(canvas, 36 * mirror, -82, 9.5, mix(12, 1.6, blink), colour.ink);
		if (blink < 0.5) disc(canvas, 36 * mirror - 3, -86, 3.2, '#ffffff');
		oval(canvas, 58 * mirror, -54, 17, 11, colour.cheek);
		const brow = -110 - pose.brow * 9;
		line(
			canvas,
			[
				{ x: 22 * mirror, y: brow - 2 },
				{ x: 37 * mirror, y: brow - 6 },
				{ x: 52 * mirror, y: brow }
			],
			7,
			colour.hair
		);
	}
	line(
		canvas,
		[
			{ x: -3, y: -62 },
			{ x: 4, y: -58 }
		],
		5,
		colour.skinLine
	);
	const wide = 20 + pose.smile * 9;
	canvas.beginPath();
	canvas.moveTo(-wide, -36);
	canvas.quadraticCurveTo(0, -36 + pose.smile * 34, wide, -36);
	if (pose.smile > 0.75) {
		canvas.closePath();
		canvas.fillStyle = '#8e2f2a';
		canvas.fill();
	}
	canvas.lineWidth = 6;
	canvas.lineCap = 'round';
	canvas.lineJoin = 'round';
	canvas.strokeStyle = '#8e2f2a';
	canvas.stroke();
}
