import { drawBadge } from './badge.ts';
import { glide } from './easing.ts';
import { drawFeast, drawOpening } from './feast.ts';
import { type Canvas, iris } from './shapes.ts';
import { drawDoughStep } from './step1-dough.ts';
import { drawFillingStep } from './step2-filling.ts';
import { drawMouldStep } from './step3-mould.ts';
import { drawBakingStep } from './step4-baking.ts';

type Scene = {
	startsAt: number;
	/** Where the round opening to this scene grows from. */
	from: { x: number; y: number };
	draw: (canvas: Canvas, secondsInScene: number) => void;
};

const passageSeconds = 0.6;
const scenes: readonly Scene[] = [
	{ startsAt: 0, from: { x: 0, y: 0 }, draw: drawOpening },
	{ startsAt: 3, from: { x: 860, y: 340 }, draw: drawDoughStep },
	{ startsAt: 12, from: { x: 640, y: 372 }, draw: drawFillingStep },
	{ startsAt: 21, from: { x: 640, y: 372 }, draw: drawMouldStep },
	{ startsAt: 30, from: { x: 640, y: 350 }, draw: drawBakingStep },
	{ startsAt: 37.6, from: { x: 1142, y: 162 }, draw: drawFeast }
];

/** The whole demonstration at one moment, 1280 × 720. */
export function drawDemonstration(canvas: Canvas, time: number): void {
	const index = scenes.findLastIndex((scene) => time >= scene.startsAt);
	const scene = scenes[index];
	if (!scene) return;
	const before = scenes[index - 1];
	const passed = glide(time, scene.startsAt, scene.startsAt + passageSeconds);
	if (before && passed < 1) {
		before.draw(canvas, time - before.startsAt);
		iris(canvas, scene.from.x, scene.from.y, passed * 1400, () =>
			scene.draw(canvas, time - scene.startsAt)
		);
	} else {
		scene.draw(canvas, time - scene.startsAt);
	}
	drawBadge(canvas, time);
}
