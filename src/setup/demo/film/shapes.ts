import { colour, typeface } from './palette.ts';

export type Canvas = CanvasRenderingContext2D;
export type Point = { x: number; y: number };

/** Draws in a moved, turned and scaled coordinate system and leaves no trace of it. */
export function within(
	canvas: Canvas,
	place: { x?: number; y?: number; turn?: number; scale?: number; scaleX?: number; alpha?: number },
	draw: () => void
): void {
	canvas.save();
	canvas.translate(place.x ?? 0, place.y ?? 0);
	canvas.rotate(place.turn ?? 0);
	const scale = place.scale ?? 1;
	canvas.scale(scale * (place.scaleX ?? 1), scale);
	canvas.globalAlpha *= place.alpha ?? 1;
	draw();
	canvas.restore();
}

export function disc(canvas: Canvas, x: number, y: number, radius: number, fill: string): void {
	oval(canvas, x, y, radius, radius, fill);
}

export function oval(
	canvas: Canvas,
	x: number,
	y: number,
	radiusX: number,
	radiusY: number,
	fill: string
): void {
	canvas.beginPath();
	canvas.ellipse(x, y, Math.max(0, radiusX), Math.max(0, radiusY), 0, 0, Math.PI * 2);
	canvas.fillStyle = fill;
	canvas.fill();
}

export function ring(
	canvas: Canvas,
	x: number,
	y: number,
	radius: number,
	width: number,
	stroke: string
): void {
	canvas.beginPath();
	canvas.arc(x, y, Math.max(0, radius), 0, Math.PI * 2);
	canvas.lineWidth = width;
	canvas.strokeStyle = stroke;
	canvas.stroke();
}

export function box(
	canvas: Canvas,
	x: number,
	y: number,
	width: number,
	height: number,
	radius: number,
	fill: string
): void {
	canvas.beginPath();
	canvas.roundRect(x, y, width, height, radius);
	canvas.fillStyle = fill;
	canvas.fill();
}

/** A line with round ends through all points. */
export function line(canvas: Canvas, points: Point[], width: number, stroke: string): void {
	canvas.beginPath();
	points.forEach((point, index) => {
		if (index === 0) canvas.moveTo(point.x, point.y);
		else canvas.lineTo(point.x, point.y);
	});
	canvas.lineWidth = width;
	canvas.lineCap = 'round';
	canvas.lineJoin = 'round';
	canvas.strokeStyle = stroke;
	canvas.stroke();
}

/** A closed shape whose radius depends on the angle: scalloped edges, soft dough. */
export function blob(
	canvas: Canvas,
	x: number,
	y: number,
	radiusAt: (angle: number) => number,
	fill: string
): void {
	canvas.beginPath();
	for (let index = 0; index <= 96; index++) {
		const angle = (index / 96) * Math.PI * 2;
		const radius = radiusAt(angle);
		canvas.lineTo(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius);
	}
	canvas.closePath();
	canvas.fillStyle = fill;
	canvas.fill();
}

export function words(
	canvas: Canvas,
	text: string,
	x: number,
	y: number,
	size: number,
	options: { fill?: string; weight?: number; align?: CanvasTextAlign; alpha?: number } = {}
): void {
	canvas.save();
	canvas.globalAlpha *= options.alpha ?? 1;
	canvas.font = `${options.weight ?? 700} ${size}px ${typeface}`;
	canvas.textAlign = options.align ?? 'left';
	canvas.textBaseline = 'middle';
	canvas.fillStyle = options.fill ?? colour.ink;
	canvas.fillText(text, x, y);
	canvas.restore();
}

/** Shows `draw` only inside a circle; the films pass from scene to scene through the moon. */
export function iris(canvas: Canvas, x: number, y: number, radius: number, draw: () => void): void {
	canvas.save();
	canvas.beginPath();
	canvas.arc(x, y, Math.max(0, radius), 0, Math.PI * 2);
	canvas.clip();
	draw();
	canvas.restore();
}
