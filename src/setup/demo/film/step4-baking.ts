import { along, easeOutBack, glide, mix, scatter, span, visit } from './easing.ts';
import { drawReach, type HandPose, holds } from './hand.ts';
import { drawSideways } from './mooncake.ts';
import { blend, colour } from './palette.ts';
import { box, type Canvas, disc, iris, line, ring, within, words } from './shapes.ts';
import { ovenRingsAt } from './timeline.ts';

const stepStartsAt = 30;
const ringsAt = ovenRingsAt - stepStartsAt;
const opening = { x: 340, y: 300, width: 560, height: 250 };

/** The tray goes in, the cakes turn from cream to golden brown, the oven rings. */
export function drawBakingStep(canvas: Canvas, t: number): void {
	drawKitchen(canvas, t);
	drawOven(canvas, t);
	// An open door lies under the tray, a shut one in front of it.
	if (t < 1.75) drawDoor(canvas, t);
	drawTray(canvas, t);
	if (t >= 1.75) drawDoor(canvas, t);
	drawMitts(canvas, t);
	drawClock(canvas, t);
	if (t > ringsAt) drawRinging(canvas, t - ringsAt);
}

function drawKitchen(canvas: Canvas, t: number): void {
	const evening = glide(t, 1, 6);
	box(canvas, 0, 0, 1280, 720, 0, blend(colour.wall, '#e6bf93', evening));
	for (let row = 0; row < 5; row++) {
		for (let column = 0; column < 9; column++) {
			const x = column * 160 - (row % 2) * 80;
			box(canvas, x + 4, row * 84 + 4, 152, 76, 8, blend('#f7e1bf', '#ebc89f', evening));
		}
	}
	box(canvas, 0, 640, 1280, 80, 0, '#8d5a3c');
	box(canvas, 0, 640, 1280, 12, 0, '#a8714f');
	drawMoonWindow(canvas, evening);
}

/** The round window of a southern house; the moon comes up while the cakes bake. */
function drawMoonWindow(canvas: Canvas, evening: number): void {
	const x = 1130;
	const y = 176;
	disc(canvas, x, y, 136, '#8d5a3c');
	disc(canvas, x, y, 122, '#6f432b');
	iris(canvas, x, y, 116, () => {
		box(canvas, x - 140, y - 140, 280, 280, 0, blend('#e58f5f', colour.night, evening));
		for (let star = 0; star < 14; star++) {
			const starX = x - 120 + scatter(star) * 240;
			const starY = y - 120 + scatter(star + 9) * 170;
			within(canvas, { alpha: evening }, () =>
				disc(canvas, starX, starY, 1.6 + scatter(star + 3) * 2, '#fff4d6')
			);
		}
		const moonY = mix(y + 190, y - 14, evening);
		disc(canvas, x + 12, moonY, 66, blend('#f0a566', '#4a5a84', evening));
		disc(canvas, x + 12, moonY, 56, colour.moon);
		disc(canvas, x - 4, moonY - 12, 12, '#f7dc94');
		disc(canvas, x + 32, moonY + 16, 9, '#f7dc94');
		for (const [hillX, hillY, size] of [
			[x - 90, y + 190, 110],
			[x + 80, y + 200, 124]
		] as const) {
			disc(canvas, hillX, hillY, size, blend('#7f5a4c', '#16213c', evening));
		}
	});
}

function drawOven(canvas: Canvas, t: number): void {
	box(canvas, 262, 606, 716, 56, 20, colour.shadow);
	box(canvas, 260, 150, 720, 490, 40, colour.steelDark);
	box(canvas, 260, 142, 720, 486, 40, colour.steel);
	box(canvas, 292, 170, 656, 84, 24, '#efe2c9');
	for (const [index, x] of [640, 740, 840].entries()) {
		disc(canvas, x, 214, 32, colour.steelDark);
		disc(canvas, x, 210, 32, index === 2 ? colour.red : '#8b7b66');
		const turn = index === 2 ? glide(t, 2.1, 2.6) * 2.2 : 0.4 * index;
		within(canvas, { x, y: 210, turn }, () => box(canvas, -4, -27, 8, 26, 4, colour.paper));
	}
	const heat = glide(t, 2.2, 3.4) * (1 - 0.5 * glide(t, ringsAt, ringsAt + 0.6));
	const { x, y, width, height } = opening;
	box(canvas, x - 14, y - 14, width + 28, height + 28, 30, '#8b7b66');
	box(canvas, x, y, width, height, 20, blend('#4a3228', '#8a3d1e', heat));
	within(canvas, { alpha: heat }, () => {
		box(canvas, x + 20, y + 14, width - 40, 8, 4, '#ff9d45');
		box(canvas, x + 20, y + height - 20, width - 40, 8, 4, '#ff9d45');
	});
}

function drawTray(canvas: Canvas, t: number): void {
	const inside = glide(t, 0.5, 1.5);
	const baked = glide(t, 2.8, 6.2);
	const y = mix(1010, 512, inside);
	const heat = visit(t, 2.6, 6.4, 0.6);
	within(canvas, { x: 620, y, scale: mix(1.45, 1, inside) }, () => {
		for (const x of [-120, 0, 120]) drawSideways(canvas, x, -34, 0.72, baked);
		box(canvas, -258, -10, 516, 16, 8, '#5c5148');
		for (const x of [-180, -60, 60, 180]) drawSideways(canvas, x, -6, 0.8, baked);
		box(canvas, -264, -6, 528, 18, 9, '#7b6f63');
	});
	within(canvas, { alpha: heat }, () => {
		for (const x of [430, 550, 690, 810]) drawHeat(canvas, x, 395 - ((t * 30 + x) % 40), t);
	});
}

function drawHeat(canvas: Canvas, x: number, y: number, t: number): void {
	const points = Array.from({ length: 9 }, (_, index) => ({
		x: x + Math.sin(index * 0.9 + t * 3) * 7,
		y: y - index * 7
	}));
	line(canvas, points, 5, 'rgba(255, 196, 120, 0.7)');
}

function drawDoor(canvas: Canvas, t: number): void {
	const shut = glide(t, 1.7, 2.3);
	const { x, y, width, height } = opening;
	const reach = mix(-0.32, 1, shut);
	const top = y + height - height * reach;
	const lean = mix(46, 0, shut);
	canvas.beginPath();
	canvas.moveTo(x - 14, y + height + 14);
	canvas.lineTo(x + width + 14, y + height + 14);
	canvas.lineTo(x + width + 14 + lean, top - 14 * reach);
	canvas.lineTo(x - 14 - lean, top - 14 * reach);
	canvas.closePath();
	const glow = glide(t, 2.3, 3.4);
	canvas.fillStyle = shut > 0.5 ? `rgba(255, 176, 92, ${0.1 + 0.08 * glow})` : '#6f6254';
	canvas.fill();
	canvas.lineWidth = 18;
	canvas.lineJoin = 'round';
	canvas.strokeStyle = '#a3937c';
	canvas.stroke();
	const handleY = top + (shut > 0.5 ? -26 : 26) * Math.abs(reach);
	line(
		canvas,
		[
			{ x: x + 90 - lean, y: handleY },
			{ x: x + width - 90 + lean, y: handleY }
		],
		20,
		'#8b7b66'
	);
	if (shut === 1) {
		line(
			canvas,
			[
				{ x: x + 36, y: y + 96 },
				{ x: x + 110, y: y + 22 }
			],
			10,
			'rgba(255,255,255,0.22)'
		);
		line(
			canvas,
			[
				{ x: x + 40, y: y + 140 },
				{ x: x + 154, y: y + 26 }
			],
			6,
			'rgba(255,255,255,0.16)'
		);
	}
}

function drawMitts(canvas: Canvas, t: number): void {
	const y = along(t, [
		[0.5, 1040],
		[1.5, 560],
		[1.7, 560],
		[2.3, 1000]
	]);
	if (y > 980) return;
	const spread = mix(400, 286, span(1040 - y, 0, 480));
	for (const side of ['left', 'right'] as const) {
		const mirror = side === 'left' ? -1 : 1;
		const pose: HandPose = { x: 620 + mirror * spread, y, turn: 0, scale: 1.1, hold: holds.flat };
		drawReach(canvas, { x: 620 + mirror * (spread + 160), y: y + 560 }, pose, side);
		within(canvas, { x: pose.x, y: pose.y, turn: mirror * -0.28, scale: 1.1 }, () => {
			box(canvas, -50, -150, 100, 176, 46, colour.redDark);
			box(canvas, -48, -152, 92, 170, 44, colour.red);
			box(canvas, mirror === 1 ? -78 : 22, -96, 56, 84, 27, colour.red);
			box(canvas, -52, 6, 104, 34, 14, colour.cuff);
		});
	}
}

function drawClock(canvas: Canvas, t: number): void {
	const share = glide(t, 2.4, ringsAt);
	within(canvas, { x: 372, y: 212 }, () => {
		disc(canvas, 0, 0, 36, colour.paper);
		canvas.beginPath();
		canvas.moveTo(0, 0);
		canvas.arc(0, 0, 31, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * share);
		canvas.closePath();
		canvas.fillStyle = colour.red;
		canvas.fill();
		ring(canvas, 0, 0, 34, 5, '#8b7b66');
	});
	words(canvas, '200℃', 424, 200, 34);
	words(canvas, `${Math.round(share * 20)} 分 min`, 424, 234, 22, { weight: 500 });
}

/** The bell is seen: it swings, and rings spread from it. */
function drawRinging(canvas: Canvas, since: number): void {
	const presence = visit(since, 0, 2.6, 0.25);
	const swing = Math.sin(since * 16) * 0.28 * Math.max(0, 1 - since / 2);
	const x = 620;
	const y = 92;
	for (const delay of [0, 0.35, 0.7]) {
		const spread = span(since, delay, delay + 1.1);
		if (spread > 0 && spread < 1) {
			within(canvas, { alpha: 1 - spread }, () =>
				ring(canvas, x, y, 56 + spread * 130, 9, colour.red)
			);
		}
	}
	within(canvas, { x, y, turn: swing, scale: easeOutBack(presence) }, () => {
		disc(canvas, 0, 4, 62, colour.shadow);
		disc(canvas, 0, 0, 60, colour.red);
		disc(canvas, 0, 24, 10, colour.paper);
		canvas.beginPath();
		canvas.moveTo(-32, 18);
		canvas.quadraticCurveTo(-22, 6, -22, -10);
		canvas.arc(0, -10, 22, Math.PI, 0);
		canvas.quadraticCurveTo(22, 6, 32, 18);
		canvas.closePath();
		canvas.fillStyle = colour.paper;
		canvas.fill();
		disc(canvas, 0, -34, 6, colour.paper);
	});
}
