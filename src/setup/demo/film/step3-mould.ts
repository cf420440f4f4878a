import { along, easeOutBack, glide, mix, span, visit } from './easing.ts';
import { drawReach, holds, mixHolds } from './hand.ts';
import { drawMooncake } from './mooncake.ts';
import { colour } from './palette.ts';
import { blob, type Canvas, disc, line, within } from './shapes.ts';
import { drawBoard, drawIngredients, drawMould, drawTable } from './table.ts';
import { mouldKnocksAt } from './timeline.ts';

const centre = { x: 640, y: 350 };
const stepStartsAt = 21;

/** The ball pressed into the carved mould, the mould turned over and knocked, the cake let go. */
export function drawMouldStep(canvas: Canvas, t: number): void {
	drawTable(canvas);
	drawIngredients(canvas, 2);
	drawBoard(canvas);
	const released = glide(t, 6.6, 7.5);
	if (released > 0) drawFreshCake(canvas, t, released);
	drawTheMould(canvas, t);
	drawBallAndHand(canvas, t);
	drawPressingHand(canvas, t);
	drawTurningHand(canvas, t);
	if (t > 7.4) drawSparkles(canvas, t);
}

function drawTheMould(canvas: Canvas, t: number): void {
	const arrived = easeOutBack(span(t, 0, 0.7));
	const flip = glide(t, 4.3, 5.1);
	const lifted = glide(t, 6.6, 7.5);
	const knock = mouldKnocksAt.reduce((sum, at) => {
		const since = t - (at - stepStartsAt);
		return sum + (since > -0.12 && since < 0.12 ? 1 - Math.abs(since) / 0.12 : 0);
	}, 0);
	const place = {
		x: centre.x - (1 - arrived) * 780 - lifted * 700,
		y: centre.y - lifted * 60 - knock * 12,
		turn: mix(0.06, 0, arrived) - lifted * 0.5 + knock * 0.02,
		scale: 1 + Math.sin(flip * Math.PI) * 0.12 + Math.sin(lifted * Math.PI) * 0.08,
		// Turning over, seen from above: it grows thin, and shows its back.
		scaleX: Math.max(0.16, Math.abs(Math.cos(flip * Math.PI)))
	};
	within(canvas, place, () => {
		drawMould(canvas, flip < 0.5);
		if (flip < 0.5) drawPressedDough(canvas, t);
	});
	if (knock > 0) drawKnockLines(canvas, knock);
}

function drawPressedDough(canvas: Canvas, t: number): void {
	if (t < 1.5) return;
	const filled = along(t, [
		[1.5, 84],
		[2.3, 84],
		[2.8, 98],
		[3.2, 98],
		[3.7, 112]
	]);
	const edge = (angle: number) =>
		filled * (1 - 0.04 * glide(t, 3, 3.7) * Math.abs(Math.sin(angle * 7)));
	blob(canvas, 0, -2, edge, colour.doughShade);
	blob(canvas, 0, -8, edge, colour.dough);
	disc(canvas, -filled * 0.12, -8 - filled * 0.14, filled * 0.66, '#fcecc8');
}

function drawBallAndHand(canvas: Canvas, t: number): void {
	const presence = visit(t, 0.5, 2.2, 0.4);
	if (presence <= 0) return;
	const carried = glide(t, 0.7, 1.5);
	const ball = { x: mix(1010, centre.x, carried), y: mix(640, centre.y - 8, carried) };
	if (t < 1.5) {
		disc(canvas, ball.x + 8, ball.y + 18, 88, colour.shadow);
		disc(canvas, ball.x, ball.y + 6, 88, colour.doughShade);
		disc(canvas, ball.x, ball.y, 86, colour.dough);
		disc(canvas, ball.x - 12, ball.y - 14, 62, '#fcecc8');
	}
	const away = glide(t, 1.6, 2.2) * 420;
	const hold = mixHolds(holds.cup, holds.open, glide(t, 1.5, 1.8));
	drawReach(
		canvas,
		{ x: ball.x + 260, y: ball.y + 780 },
		{ x: ball.x + 66 + away * 0.4, y: ball.y + 118 + away, turn: -0.55, scale: 1.1, hold },
		'right'
	);
}

function drawPressingHand(canvas: Canvas, t: number): void {
	const presence = visit(t, 2, 4.2, 0.4);
	if (presence <= 0) return;
	const press = along(t, [
		[2.3, 0],
		[2.75, 1],
		[3.1, 0.25],
		[3.55, 1],
		[3.9, 0]
	]);
	const pose = {
		x: centre.x + 26,
		y: centre.y + 112 - press * 20 + (1 - presence) * 560,
		turn: -0.16,
		scale: 1.42 - press * 0.14,
		hold: holds.flat
	};
	drawReach(canvas, { x: 800, y: 1120 }, pose, 'right');
	if (press > 0.8) {
		const alpha = (press - 0.8) * 5;
		within(canvas, { ...centre, alpha }, () => drawBurst(canvas, 172, 26, 10));
	}
}

function drawTurningHand(canvas: Canvas, t: number): void {
	const presence = visit(t, 4, 7.9, 0.45);
	if (presence <= 0) return;
	const lifted = glide(t, 6.6, 7.5);
	const pose = {
		x: centre.x + 4 - lifted * 580,
		y: centre.y + 336 - lifted * 110 + (1 - presence) * 520,
		turn: -0.1,
		scale: 1.1,
		hold: holds.fist
	};
	drawReach(canvas, { x: 720 - lifted * 500, y: 1180 }, pose, 'right');
}

function drawBurst(canvas: Canvas, radius: number, length: number, count: number): void {
	for (let index = 0; index < count; index++) {
		const angle = (index / count) * Math.PI * 2 + 0.3;
		const from = { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
		const to = { x: Math.cos(angle) * (radius + length), y: Math.sin(angle) * (radius + length) };
		line(canvas, [from, to], 8, colour.paper);
	}
}

/** What others hear as three knocks is seen here. */
function drawKnockLines(canvas: Canvas, strength: number): void {
	within(canvas, { ...centre, alpha: strength }, () => drawBurst(canvas, 206, 40, 14));
}

function drawFreshCake(canvas: Canvas, t: number, released: number): void {
	const presented = glide(t, 7.4, 8.2);
	const radius = 122 + presented * 34 + 10 * Math.sin(span(t, 7.4, 8.1) * Math.PI);
	disc(canvas, centre.x + 6, centre.y + 18, radius * 0.99, colour.shadow);
	drawMooncake(canvas, { ...centre, radius, baked: 0, drawn: 0.25 + 0.75 * released });
}

function drawSparkles(canvas: Canvas, t: number): void {
	const places = [
		{ x: 440, y: 220, at: 7.5 },
		{ x: 850, y: 190, at: 7.7 },
		{ x: 868, y: 500, at: 7.95 },
		{ x: 424, y: 480, at: 8.1 }
	];
	for (const { x, y, at } of places) {
		const size = Math.sin(span(t, at, at + 0.9) * Math.PI) * 34;
		if (size <= 0) continue;
		canvas.beginPath();
		canvas.moveTo(x, y - size);
		canvas.quadraticCurveTo(x, y, x + size, y);
		canvas.quadraticCurveTo(x, y, x, y + size);
		canvas.quadraticCurveTo(x, y, x - size, y);
		canvas.quadraticCurveTo(x, y, x, y - size);
		canvas.fillStyle = colour.paper;
		canvas.fill();
	}
}
