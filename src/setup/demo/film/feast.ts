import { easeOutBack, glide, mix, scatter, span } from './easing.ts';
import { drawMooncake, drawSlice } from './mooncake.ts';
import { colour } from './palette.ts';
import { box, type Canvas, disc, oval, ring, within, words } from './shapes.ts';
import { drawOsmanthus, drawTable } from './table.ts';

/** The first picture: the moon rises and turns into a mooncake. */
export function drawOpening(canvas: Canvas, t: number): void {
	box(canvas, 0, 0, 1280, 720, 0, colour.night);
	for (let star = 0; star < 60; star++) {
		const x = scatter(star) * 1280;
		const y = scatter(star + 100) * 560;
		const glimmer = 0.45 + 0.4 * Math.sin(t * 3 + star);
		within(canvas, { alpha: Math.max(0.1, glimmer) }, () =>
			disc(canvas, x, y, 1.5 + scatter(star + 50) * 2.2, '#fff4d6')
		);
	}
	const risen = glide(t, 0, 1.2);
	const y = mix(940, 340, risen);
	disc(canvas, 860, y, 292, '#2a3a60');
	disc(canvas, 860, y, 258, '#37486f');
	const becomes = glide(t, 1, 2);
	within(canvas, { alpha: 1 - becomes }, () => disc(canvas, 860, y, 214, colour.moon));
	within(canvas, { alpha: becomes }, () =>
		drawMooncake(canvas, {
			x: 860,
			y,
			radius: 222,
			baked: becomes,
			drawn: becomes,
			turn: (1 - becomes) * -0.4
		})
	);
	drawHills(canvas);
	const arrived = easeOutBack(span(t, 0.5, 1.2));
	const alpha = glide(t, 0.5, 1);
	words(canvas, '学做月饼', 110 - (1 - arrived) * 60, 286, 104, { fill: colour.moon, alpha });
	words(canvas, 'Making mooncakes', 114 - (1 - arrived) * 60, 386, 46, {
		fill: '#ffffff',
		weight: 500,
		alpha
	});
	words(canvas, '4 步 · 4 steps', 114, 456, 34, {
		fill: '#c9d3ea',
		weight: 500,
		alpha: glide(t, 0.9, 1.4)
	});
}

function drawHills(canvas: Canvas): void {
	oval(canvas, 250, 800, 520, 190, '#18243f');
	oval(canvas, 1050, 820, 620, 210, '#131d35');
	oval(canvas, 640, 850, 420, 190, '#0f172b');
}

/** The last picture, and the cover: a plate to share. `t` counts from its first moment. */
export function drawFeast(canvas: Canvas, t: number): void {
	drawTable(canvas);
	drawOsmanthus(canvas, 210, 596, 0.5);
	drawOsmanthus(canvas, 1116, 120, -0.2);
	drawTea(canvas, 1080, 500, t);
	drawTea(canvas, 196, 270, t + 1);
	disc(canvas, 646, 388, 300, colour.shadow);
	disc(canvas, 640, 372, 300, '#f6ecd9');
	ring(canvas, 640, 372, 284, 8, '#3f6fa3');
	ring(canvas, 640, 372, 268, 3, '#3f6fa3');
	disc(canvas, 640, 372, 226, '#efe2ca');
	const cakes = [
		{ x: 540, y: 268, radius: 98, turn: 0.2 },
		{ x: 744, y: 272, radius: 98, turn: -0.3 },
		{ x: 528, y: 470, radius: 98, turn: 0.5 }
	];
	cakes.forEach((cake, index) => {
		const pop = easeOutBack(span(t, 0.1 + index * 0.15, 0.6 + index * 0.15));
		if (pop <= 0) return;
		oval(canvas, cake.x + 6, cake.y + 16, cake.radius * pop, cake.radius * pop, colour.shadow);
		drawMooncake(canvas, { ...cake, radius: cake.radius * pop, baked: 0.86 + index * 0.07 });
	});
	const slices = easeOutBack(span(t, 0.6, 1.1));
	if (slices > 0) {
		drawSlice(canvas, 728, 436, 84 * slices, -0.12);
		drawSlice(canvas, 752, 524, 84 * slices, 0.1);
	}
}

function drawTea(canvas: Canvas, x: number, y: number, t: number): void {
	disc(canvas, x + 6, y + 14, 92, colour.shadow);
	disc(canvas, x, y, 92, '#e8dcc4');
	disc(canvas, x, y, 70, '#f6ecd9');
	ring(canvas, x, y, 66, 4, '#3f6fa3');
	disc(canvas, x, y + 2, 56, '#b9742e');
	disc(canvas, x, y + 5, 52, '#cf8b3c');
	// The moon in the tea.
	disc(canvas, x + 12 + Math.sin(t * 1.6) * 2, y - 8, 19, colour.moon);
}
