import { easeOutBack, span } from './easing.ts';
import { colour } from './palette.ts';
import { box, disc, type Canvas, within, words } from './shapes.ts';
import { type Step, stepAt, steps } from './timeline.ts';

/**
 * Step number, name and dots. The same in both films and filling at the same moment, so that
 * anybody can see with the naked eye whether the two videos are in step.
 */
export function drawBadge(canvas: Canvas, time: number, of: readonly Step[] = steps): void {
	const step = stepAt(time, of);
	const first = of[0];
	if (!step || !first) return;
	const arrival = easeOutBack(span(time, first.startsAt, first.startsAt + 0.5));
	within(canvas, { x: 20, y: 14 - 130 * (1 - arrival), scale: 0.8 }, () => {
		box(canvas, 0, 5, 330, 104, 26, colour.shadow);
		box(canvas, 0, 0, 330, 104, 26, colour.paper);
		const pop = easeOutBack(span(time, step.startsAt, step.startsAt + 0.4));
		within(canvas, { x: 52, y: 52, scale: 0.7 + 0.3 * pop }, () => {
			disc(canvas, 0, 0, 36, colour.red);
			words(canvas, String(step.number), 0, 2, 46, { fill: '#ffffff', align: 'center' });
		});
		words(canvas, step.zh, 104, 36, 36);
		words(canvas, step.en, 192, 38, 26, { weight: 500 });
		drawDots(canvas, time, step, of);
	});
}

function drawDots(canvas: Canvas, time: number, current: Step, of: readonly Step[]): void {
	let x = 104;
	for (const step of of) {
		const isCurrent = step === current;
		const width = isCurrent ? 84 : 20;
		box(canvas, x, 68, width, 20, 10, step.number < current.number ? colour.red : '#e4d2b4');
		if (isCurrent) {
			const share = span(time, step.startsAt, step.endsAt);
			box(canvas, x, 68, 20 + (width - 20) * share, 20, 10, colour.red);
		}
		x += width + 12;
	}
}
