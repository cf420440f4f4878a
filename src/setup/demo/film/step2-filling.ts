import { clamp01, easeOutBack, glide, mix, span, visit } from './easing.ts';
import { drawReach, holds, mixHolds } from './hand.ts';
import { colour } from './palette.ts';
import { blob, type Canvas, disc, within } from './shapes.ts';
import {
	drawBoard,
	drawFillingBall,
	drawIngredients,
	drawTable,
	drawWaitingMould
} from './table.ts';

const centre = { x: 640, y: 372 };
const folds = 9;
const fillingRadius = 82;

/** Filling on the dough, the dough folded over it, the ball rolled round. */
export function drawFillingStep(canvas: Canvas, t: number): void {
	drawTable(canvas);
	drawIngredients(canvas, t < 1.05 ? 3 : 2);
	drawWaitingMould(canvas);
	drawBoard(canvas);
	const isBall = glide(t, 5.9, 6.6);
	if (isBall < 1) drawWrapper(canvas, t);
	if (isBall > 0) drawBall(canvas, t, isBall);
	drawBringingHand(canvas, t);
	drawFoldingHands(canvas, t);
	drawRollingHands(canvas, t);
}

/** How far fold number `index` is closed; they close one after another around the ball. */
function closed(t: number, index: number): number {
	const start = 2.7 + index * 0.3;
	return glide(t, start, start + 0.55);
}

function drawWrapper(canvas: Canvas, t: number): void {
	const turned = glide(t, 2.7, 5.9) * 0.9;
	within(canvas, { ...centre, turn: turned }, () => {
		const edge = (angle: number) => {
			const position = ((angle + Math.PI * 4) % (Math.PI * 2)) / ((Math.PI * 2) / folds);
			const index = Math.floor(position);
			const share = position - index;
			const before = closed(t, (index + folds - 1) % folds);
			const here = closed(t, index);
			const after = closed(t, (index + 1) % folds);
			const fold =
				share < 0.5
					? mix((before + here) / 2, here, share * 2)
					: mix(here, (here + after) / 2, share * 2 - 1);
			return mix(172, fillingRadius + 16, fold);
		};
		blob(canvas, 4, 9, edge, colour.shadow);
		blob(canvas, 0, 5, edge, colour.doughShade);
		blob(canvas, 0, 0, edge, colour.dough);
		blob(canvas, 0, 0, (angle) => edge(angle) * 0.86, '#fbeac3');
	});
	const landed = span(t, 1.9, 2.4);
	if (landed > 0) {
		const press = 1 - 0.08 * Math.sin(landed * Math.PI);
		drawFillingBall(canvas, centre.x, centre.y, fillingRadius * press);
	}
	within(canvas, { ...centre, turn: turned }, () => drawFlaps(canvas, t));
}

function drawFlaps(canvas: Canvas, t: number): void {
	const sector = (Math.PI * 2) / folds;
	for (let index = 0; index < folds; index++) {
		const share = closed(t, index);
		if (share <= 0.02) continue;
		const from = index * sector - 0.1;
		const to = (index + 1) * sector + 0.1;
		const outer = fillingRadius + 17;
		const inner = mix(outer, 3, share);
		const middle = (from + to) / 2 + 0.25 * share;
		canvas.beginPath();
		canvas.arc(0, 0, outer, from, to);
		canvas.quadraticCurveTo(
			Math.cos(to) * inner * 0.9,
			Math.sin(to) * inner * 0.9,
			Math.cos(middle) * inner,
			Math.sin(middle) * inner
		);
		canvas.quadraticCurveTo(
			Math.cos(from) * inner * 0.9,
			Math.sin(from) * inner * 0.9,
			Math.cos(from) * outer,
			Math.sin(from) * outer
		);
		canvas.closePath();
		canvas.fillStyle = index % 2 === 0 ? '#f6dfab' : '#fbe9c0';
		canvas.fill();
		canvas.lineWidth = 3.5;
		canvas.lineJoin = 'round';
		canvas.strokeStyle = colour.doughLine;
		canvas.stroke();
	}
}

function drawBall(canvas: Canvas, t: number, alpha: number): void {
	const rolling = visit(t, 6.2, 8.2, 0.4);
	const x = centre.x + Math.cos(t * 6.5) * 12 * rolling;
	const y = centre.y + Math.sin(t * 6.5) * 12 * rolling;
	const pop = 1 + 0.08 * Math.sin(span(t, 8.2, 8.7) * Math.PI);
	within(canvas, { x, y, alpha, scale: pop }, () => {
		disc(canvas, 5, 16, 104, colour.shadow);
		disc(canvas, 0, 6, 102, colour.doughShade);
		disc(canvas, 0, 0, 100, colour.dough);
		disc(canvas, -14, -16, 74, '#fcecc8');
		disc(canvas, -34, -36, 20, '#fff6df');
	});
}

function drawBringingHand(canvas: Canvas, t: number): void {
	const presence = visit(t, 0.15, 3, 0.5);
	if (presence <= 0) return;
	const carried = glide(t, 1.05, 1.9);
	const lift = Math.sin(clamp01(carried) * Math.PI) * 40;
	const ball = { x: mix(1128, centre.x, carried), y: mix(268, centre.y, carried) - lift };
	const away = glide(t, 2.1, 2.9);
	const wrist = { x: ball.x + 46 + away * 260, y: ball.y + 118 + away * 420 };
	if (t > 1.05 && t < 1.95) {
		disc(canvas, ball.x + 8, ball.y + 20 + lift, 60, colour.shadow);
		drawFillingBall(canvas, ball.x, ball.y, mix(34, fillingRadius, carried));
	}
	const hold = mixHolds(holds.cup, holds.open, glide(t, 1.95, 2.4));
	const pose = { ...wrist, y: wrist.y + (1 - presence) * 500, turn: -0.25, scale: 1.05, hold };
	drawReach(canvas, { x: 1080, y: 1080 }, pose, 'right');
}

function drawFoldingHands(canvas: Canvas, t: number): void {
	const presence = visit(t, 2.2, 6.2, 0.55);
	if (presence <= 0) return;
	const away = (1 - presence) * 520;
	const pinch = Math.sin(Math.max(0, t - 2.7) * Math.PI * 2 * (1 / 0.6));
	const wrap = glide(t, 2.7, 5.6);
	const left = {
		x: centre.x - mix(196, 128, wrap),
		y: centre.y + 92 + away,
		turn: 0.45,
		scale: 1.08,
		hold: holds.cup
	};
	drawReach(canvas, { x: 300, y: 1020 + away }, left, 'left');
	const right = {
		x: centre.x + mix(190, 128, wrap) - pinch * 14,
		y: centre.y + 96 + pinch * 10 + away,
		turn: -0.5 + pinch * 0.06,
		scale: 1.08,
		hold: mixHolds(holds.cup, holds.flat, 0.3 + pinch * 0.3)
	};
	drawReach(canvas, { x: 980, y: 1020 + away }, right, 'right');
}

function drawRollingHands(canvas: Canvas, t: number): void {
	const presence = visit(t, 5.9, 8.6, 0.5);
	if (presence <= 0) return;
	const away = (1 - easeOutBack(presence)) * 420;
	for (const side of ['left', 'right'] as const) {
		const mirror = side === 'left' ? -1 : 1;
		const angle = t * 6.5 + (side === 'left' ? Math.PI : 0);
		const pose = {
			x: centre.x + mirror * 136 + Math.cos(angle) * 16,
			y: centre.y + 96 + Math.sin(angle) * 22 + away,
			turn: mirror * -0.42,
			scale: 1.1,
			hold: holds.cup
		};
		drawReach(canvas, { x: 640 + mirror * 330, y: 1040 + away }, pose, side);
	}
}
