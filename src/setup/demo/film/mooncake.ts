import { blend, colour } from './palette.ts';
import { blob, type Canvas, disc, line, ring, within, words } from './shapes.ts';

const lobes = 14;

function crust(baked: number): { side: string; top: string; carved: string; light: string } {
	return {
		side: blend('#e6c88c', '#a8601f', baked),
		top: blend('#f7e2b2', '#dd9238', baked),
		carved: blend('#d3ae6c', '#98531a', baked),
		light: blend('#fff1cf', '#f6bd63', baked)
	};
}

function scalloped(radius: number): (angle: number) => number {
	return (angle) => radius * (0.955 + 0.045 * Math.abs(Math.cos((angle * lobes) / 2)));
}

/**
 * A mooncake from above. `baked` from 0 (raw dough) to 1 (golden brown); `drawn` is how much of the
 * pattern is there, for the moon that turns into a cake.
 */
export function drawMooncake(
	canvas: Canvas,
	place: { x: number; y: number; radius: number; baked: number; turn?: number; drawn?: number }
): void {
	const { radius } = place;
	const paint = crust(place.baked);
	within(canvas, { x: place.x, y: place.y, turn: place.turn ?? 0 }, () => {
		blob(canvas, 0, radius * 0.07, scalloped(radius), paint.side);
		blob(canvas, 0, 0, scalloped(radius), paint.top);
		within(canvas, { alpha: place.drawn ?? 1 }, () => {
			ring(canvas, 0, 0, radius * 0.84, radius * 0.035, paint.carved);
			ring(canvas, 0, radius * 0.02, radius * 0.8, radius * 0.025, paint.light);
			for (let petal = 0; petal < 10; petal++) {
				within(canvas, { turn: (petal / 10) * Math.PI * 2 }, () =>
					drawPetal(canvas, radius, paint.carved, paint.light)
				);
			}
			disc(canvas, 0, 0, radius * 0.33, paint.carved);
			disc(canvas, 0, radius * 0.015, radius * 0.3, paint.light);
			words(canvas, '月', 0, radius * 0.02, radius * 0.4, { fill: paint.carved, align: 'center' });
		});
	});
}

function drawPetal(canvas: Canvas, radius: number, carved: string, light: string): void {
	const inner = radius * 0.38;
	const outer = radius * 0.74;
	for (const [offset, stroke] of [
		[radius * 0.02, light],
		[0, carved]
	] as const) {
		canvas.beginPath();
		canvas.moveTo(0, -inner + offset);
		canvas.bezierCurveTo(-radius * 0.2, -outer, radius * 0.2, -outer, 0, -inner + offset);
		canvas.lineWidth = radius * 0.032;
		canvas.lineJoin = 'round';
		canvas.strokeStyle = stroke;
		canvas.stroke();
	}
	line(
		canvas,
		[
			{ x: 0, y: -inner - radius * 0.1 },
			{ x: 0, y: -inner - radius * 0.17 }
		],
		radius * 0.03,
		carved
	);
}

/** A slice from the side: crust, filling and the yolk that stands for the moon. */
export function drawSlice(canvas: Canvas, x: number, y: number, size: number, turn: number): void {
	const paint = crust(1);
	within(canvas, { x, y, turn, scale: size / 100 }, () => {
		canvas.beginPath();
		canvas.roundRect(-100, -52, 200, 104, 22);
		canvas.fillStyle = paint.side;
		canvas.fill();
		canvas.beginPath();
		canvas.roundRect(-100, -56, 200, 30, [22, 22, 8, 8]);
		canvas.fillStyle = paint.top;
		canvas.fill();
		canvas.beginPath();
		canvas.roundRect(-86, -34, 172, 74, 16);
		canvas.fillStyle = colour.filling;
		canvas.fill();
		disc(canvas, 0, 3, 33, '#e8902a');
		disc(canvas, 0, 3, 29, colour.yolk);
		disc(canvas, -8, -6, 10, colour.yolkLight);
	});
}

/** A mooncake from the side, as it stands on the baking tray. */
export function drawSideways(
	canvas: Canvas,
	x: number,
	y: number,
	scale: number,
	baked: number
): void {
	const paint = crust(baked);
	within(canvas, { x, y, scale }, () => {
		canvas.beginPath();
		canvas.ellipse(0, 2, 76, 14, 0, 0, Math.PI * 2);
		canvas.fillStyle = colour.shadow;
		canvas.fill();
		canvas.beginPath();
		canvas.roundRect(-70, -60, 140, 62, [10, 10, 18, 18]);
		canvas.fillStyle = paint.side;
		canvas.fill();
		for (let flute = -3; flute <= 3; flute++) {
			const reach = Math.sin((flute / 3.6) * (Math.PI / 2)) * 70;
			line(
				canvas,
				[
					{ x: reach, y: -46 },
					{ x: reach, y: -6 }
				],
				4,
				paint.carved
			);
		}
		canvas.beginPath();
		canvas.ellipse(0, -60, 70, 22, 0, 0, Math.PI * 2);
		canvas.fillStyle = paint.top;
		canvas.fill();
		canvas.lineWidth = 4;
		canvas.strokeStyle = paint.carved;
		canvas.beginPath();
		canvas.ellipse(0, -61, 54, 15, 0, 0, Math.PI * 2);
		canvas.stroke();
		for (let petal = 0; petal < 8; petal++) {
			const angle = (petal / 8) * Math.PI * 2;
			line(
				canvas,
				[
					{ x: Math.cos(angle) * 16, y: -61 + Math.sin(angle) * 5 },
					{ x: Math.cos(angle) * 38, y: -61 + Math.sin(angle) * 10 }
				],
				4,
				paint.carved
			);
		}
	});
}
