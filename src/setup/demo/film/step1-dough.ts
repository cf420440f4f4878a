import { along, easeInOut, easeOut, glide, mix, scatter, span, visit } from './easing.ts';
import { drawReach, holds, mixHolds } from './hand.ts';
import { colour } from './palette.ts';
import { blob, box, type Canvas, disc, line, oval, ring, within } from './shapes.ts';
import { drawBoard, drawIngredients, drawTable, drawWaitingMould } from './table.ts';

const centre = { x: 640, y: 372 };

/** Flour and syrup become dough; the dough is kneaded and rolled out. `t`: seconds in the step. */
export function drawDoughStep(canvas: Canvas, t: number): void {
	drawTable(canvas);
	drawIngredients(canvas, 3);
	drawWaitingMould(canvas);
	drawBoard(canvas);
	scatterFlour(canvas);
	const isDough = glide(t, 2.2, 3.3);
	if (isDough < 1) drawFlourAndSyrup(canvas, t, 1 - isDough);
	if (isDough > 0) drawDough(canvas, t, isDough);
	drawJug(canvas, t);
	drawMixingHands(canvas, t);
	drawRolling(canvas, t);
}

function scatterFlour(canvas: Canvas): void {
	for (let grain = 0; grain < 46; grain++) {
		const angle = scatter(grain) * Math.PI * 2;
		const reach = 150 + scatter(grain + 7) * 140;
		const y = centre.y + Math.sin(angle) * reach * 0.8;
		disc(canvas, centre.x + Math.cos(angle) * reach, y, 1.5 + scatter(grain + 3) * 3, colour.flour);
	}
}

function drawFlourAndSyrup(canvas: Canvas, t: number, alpha: number): void {
	const stirred = glide(t, 1.7, 3);
	within(canvas, { ...centre, alpha, turn: stirred * 1.2 }, () => {
		const heap = (size: number) => (angle: number) =>
			size * (1 + 0.035 * Math.sin(angle * 7) + 0.02 * Math.sin(angle * 13 + 2));
		blob(canvas, 0, 8, heap(152), '#d8c7a6');
		blob(canvas, 0, 0, heap(150), colour.flour);
		blob(canvas, 0, 4, heap(98), '#efe3cb');
		const pool = 84 * easeOut(span(t, 0.5, 1.7));
		blob(canvas, 0, 4, (angle) => pool * (1 + 0.03 * Math.sin(angle * 5 + t * 2)), '#c9821f');
		blob(canvas, 0, 1, (angle) => pool * 0.95 * (1 + 0.03 * Math.sin(angle * 5)), colour.syrup);
		oval(canvas, -pool * 0.3, -pool * 0.35, pool * 0.25, pool * 0.12, colour.yolkLight);
	});
}

function drawJug(canvas: Canvas, t: number): void {
	const presence = visit(t, 0, 2.1, 0.5);
	if (presence <= 0) return;
	const x = mix(1500, 850, presence);
	const pouring = visit(t, 0.5, 1.75, 0.2);
	if (pouring > 0) {
		const from = { x: x - 72, y: 214 };
		const to = { x: centre.x + 20, y: mix(214, centre.y - 10, pouring) };
		line(
			canvas,
			[from, { x: mix(from.x, to.x, 0.7), y: mix(from.y, to.y, 0.45) }, to],
			13,
			'#c9821f'
		);
		line(
			canvas,
			[from, { x: mix(from.x, to.x, 0.7), y: mix(from.y, to.y, 0.45) }, to],
			8,
			colour.syrup
		);
	}
	within(canvas, { x, y: 200, turn: -0.35 * pouring }, () => {
		oval(canvas, 6, 14, 80, 74, colour.shadow);
		box(canvas, 50, -18, 74, 36, 18, '#3f6fa3');
		disc(canvas, 0, 0, 72, '#f4ead6');
		line(
			canvas,
			[
				{ x: -56, y: 0 },
				{ x: -78, y: 8 }
			],
			30,
			'#f4ead6'
		);
		ring(canvas, 0, 0, 64, 5, '#3f6fa3');
		disc(canvas, 0, 0, 50, colour.syrup);
		oval(canvas, -14, -16, 16, 8, colour.yolkLight);
	});
}

/** Dough radius: a lump while kneaded, wide and thin after the rolling pin. */
function doughRadius(t: number): number {
	return along(t, [
		[3.2, 126],
		[5.6, 122],
		[6.2, 142],
		[6.9, 160],
		[7.6, 180],
		[8.3, 196]
	]);
}

function drawDough(canvas: Canvas, t: number, alpha: number): void {
	const kneading = visit(t, 2.6, 5.1, 0.5);
	const push = Math.sin(t * Math.PI * 1.7) * 0.11 * kneading;
	const lumpy = 0.055 * (1 - glide(t, 3.2, 5.2));
	const radius = doughRadius(t);
	const thin = glide(t, 5.6, 8.3);
	const shape = (size: number) => (angle: number) =>
		size * (1 + lumpy * Math.sin(angle * 5 + t) + push * Math.cos(angle * 2));
	within(canvas, { ...centre, alpha }, () => {
		blob(canvas, 4, mix(16, 7, thin), shape(radius), colour.shadow);
		blob(canvas, 0, mix(9, 3, thin), shape(radius), colour.doughShade);
		blob(canvas, 0, 0, shape(radius), colour.dough);
		blob(canvas, -radius * 0.1, -radius * 0.12, shape(radius * 0.72), '#fbeac3');
		const crease = 1 - glide(t, 4.6, 5.6);
		within(canvas, { alpha: crease }, () => {
			canvas.beginPath();
			canvas.arc(8, 34 + push * 90, 52, Math.PI * 1.15, Math.PI * 1.85);
			canvas.lineWidth = 7;
			canvas.lineCap = 'round';
			canvas.strokeStyle = colour.doughLine;
			canvas.stroke();
		});
	});
}

function drawMixingHands(canvas: Canvas, t: number): void {
	const presence = visit(t, 1.6, 5.3, 0.55);
	if (presence <= 0) return;
	const circling = 1 - glide(t, 2.7, 3.3);
	const push = Math.sin(t * Math.PI * 1.7);
	for (const side of ['left', 'right'] as const) {
		const mirror = side === 'left' ? -1 : 1;
		const angle = t * 5 * mirror;
		const x =
			centre.x + mirror * (84 - push * 10 * (1 - circling)) + Math.cos(angle) * 34 * circling;
		const y = centre.y + 92 + Math.sin(angle) * 26 * circling - push * 34 * (1 - circling);
		const hold = mixHolds(holds.open, holds.flat, 1 - circling);
		drawReach(
			canvas,
			{ x: 640 + mirror * 250, y: 1060 + (1 - presence) * 380 },
			{ x, y: y + (1 - presence) * 480, turn: mirror * -0.12, scale: 1.12, hold },
			side
		);
	}
}

function drawRolling(canvas: Canvas, t: number): void {
	const presence = easeInOut(span(t, 5, 5.6)) * (1 - easeInOut(span(t, 8.35, 8.9)));
	if (presence <= 0) return;
	const sweep = along(t, [
		[5.5, 60],
		[5.95, -120],
		[6.6, 130],
		[7.3, -140],
		[8.1, 150],
		[8.6, 150]
	]);
	const y = centre.y + sweep + (1 - presence) * 620;
	box(canvas, 372, y - 18, 536, 62, 30, colour.shadow);
	box(canvas, 300, y - 15, 680, 30, 15, colour.woodDark);
	box(canvas, 384, y - 32, 512, 64, 26, '#8a5230');
	box(canvas, 384, y - 32, 512, 56, 26, '#b97a4a');
	box(canvas, 410, y - 22, 460, 10, 5, '#d39b6b');
	for (const mirror of [-1, 1]) {
		// Fingers close over the handle, so the fists are drawn again in front of it.
		const side = mirror === -1 ? 'left' : 'right';
		const hold = holds.fist;
		const elbow = { x: 640 + mirror * 360, y: y + 620 };
		drawReach(
			canvas,
			elbow,
			{ x: 640 + mirror * 286, y: y + 46, turn: 0, scale: 0.98, hold },
			side
		);
	}
}
