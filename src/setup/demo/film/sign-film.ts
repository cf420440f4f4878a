import { drawBadge } from './badge.ts';
import { along } from './easing.ts';
import { gestureAt, signedAtSourceScript, signScript } from './gestures.ts';
import { drawReach, holds } from './hand.ts';
import { colour } from './palette.ts';
import { blob, box, type Canvas, disc, iris, line, within, words } from './shapes.ts';
import { drawSigner } from './signer.ts';
import { signedAtSourceSeconds, type Step } from './timeline.ts';

/** Never removed and never translated away: nobody may take this figure for sign language. */
function drawLabel(canvas: Canvas, x: number, y: number, width: number): void {
	box(canvas, x, y, width, 92, 0, '#1d1612');
	words(canvas, '占位示意，不是真实手语', x + width / 2, y + 34, 38, {
		fill: '#ffffff',
		align: 'center'
	});
	words(canvas, 'Placeholder, not real signing', x + width / 2, y + 71, 24, {
		fill: '#ffe7b0',
		align: 'center',
		weight: 500
	});
}

function drawBackdrop(canvas: Canvas, width: number): void {
	box(canvas, 0, 0, width, 720, 0, '#dbe7dd');
	disc(canvas, width / 2, 280, 262, '#e7efe3');
	disc(canvas, width / 2, 280, 222, '#f5efd3');
}

/** The whole sign track at one moment, 720 × 720. */
export function drawSign(canvas: Canvas, time: number): void {
	drawBackdrop(canvas, 720);
	within(canvas, { x: 360, y: 424, scale: 0.98 }, () =>
		drawSigner(canvas, gestureAt(time, signScript), time)
	);
	drawBadge(canvas, time);
	drawLabel(canvas, 0, 628, 720);
}

const sourceSteps: readonly Step[] = [
	{ number: 1, startsAt: 1.6, endsAt: 11, zh: '揉面', en: 'Knead' },
	{ number: 2, startsAt: 11, endsAt: signedAtSourceSeconds, zh: '擀开', en: 'Roll' }
];

/** One picture: the figure tells on the left, then hands show on the right; 1280 × 720. */
export function drawSignedAtSource(canvas: Canvas, time: number): void {
	box(canvas, 0, 0, 1280, 720, 0, '#dbe7dd');
	disc(canvas, 330, 290, 240, '#f5efd3');
	iris(canvas, 330, 300, 1000, () =>
		within(canvas, { x: 330, y: 424, scale: 0.95 }, () =>
			drawSigner(canvas, gestureAt(time, signedAtSourceScript), time)
		)
	);
	drawWorktop(canvas, time);
	drawBadge(canvas, time, sourceSteps);
	drawLabel(canvas, 0, 628, 660);
}

function drawWorktop(canvas: Canvas, time: number): void {
	canvas.save();
	canvas.beginPath();
	canvas.rect(660, 0, 620, 720);
	canvas.clip();
	box(canvas, 660, 0, 620, 720, 0, colour.table);
	box(canvas, 706, 76, 540, 560, 40, colour.boardEdge);
	box(canvas, 706, 68, 540, 556, 40, colour.board);
	for (const [x, y, length] of [
		[740, 130, 200],
		[980, 200, 220],
		[750, 300, 160],
		[1010, 420, 190],
		[760, 540, 240]
	] as const) {
		line(
			canvas,
			[
				{ x, y },
				{ x: x + length, y: y + 6 }
			],
			4,
			colour.boardGrain
		);
	}
	drawWorkedDough(canvas, time);
	canvas.restore();
	box(canvas, 654, 0, 12, 720, 0, colour.paper);
}

function drawWorkedDough(canvas: Canvas, time: number): void {
	const centre = { x: 976, y: 330 };
	const kneading = along(time, [
		[5.6, 0],
		[6.2, 1],
		[10.2, 1],
		[10.8, 0]
	]);
	const rolling = along(time, [
		[15, 0],
		[15.6, 1],
		[19.4, 1],
		[20, 0]
	]);
	const push = Math.sin(time * 5.2) * 0.1 * kneading;
	const radius = along(time, [
		[6, 120],
		[10.5, 126],
		[15.4, 126],
		[19.4, 186]
	]);
	const edge = (size: number) => (angle: number) =>
		size * (1 + push * Math.cos(angle * 2) + 0.01 * Math.sin(angle * 5));
	blob(canvas, centre.x + 4, centre.y + 14, edge(radius), colour.shadow);
	blob(canvas, centre.x, centre.y + 7, edge(radius), colour.doughShade);
	blob(canvas, centre.x, centre.y, edge(radius), colour.dough);
	blob(canvas, centre.x - 12, centre.y - 14, edge(radius * 0.72), '#fbeac3');
	const sweep = Math.sin((time - 15.6) * 3.4) * 110 * rolling;
	if (rolling > 0) {
		const y = centre.y + sweep + (1 - rolling) * 560;
		box(canvas, 760, y - 14, 432, 30, 15, colour.woodDark);
		box(canvas, 812, y - 30, 328, 60, 24, '#b97a4a');
		box(canvas, 830, y - 20, 292, 10, 5, '#d39b6b');
	}
	const presence = Math.max(kneading, rolling);
	if (presence <= 0) return;
	for (const side of ['left', 'right'] as const) {
		const mirror = side === 'left' ? -1 : 1;
		const isRolling = rolling > 0;
		const x = centre.x + mirror * (isRolling ? 176 : 82);
		const y = centre.y + (isRolling ? sweep + 46 : 96 - push * 330) + (1 - presence) * 520;
		const hold = isRolling ? holds.fist : holds.flat;
		drawReach(
			canvas,
			{ x: centre.x + mirror * 250, y: y + 700 },
			{ x, y, turn: mirror * -0.1, scale: 1.02, hold },
			side
		);
	}
}
