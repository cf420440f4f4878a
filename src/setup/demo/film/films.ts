import { drawDemonstration } from './demonstration.ts';
import { drawFeast } from './feast.ts';
import type { Canvas } from './shapes.ts';
import { drawSign, drawSignedAtSource } from './sign-film.ts';
import { filmSeconds, signedAtSourceSeconds } from './timeline.ts';

export type Film = {
	width: number;
	height: number;
	seconds: number;
	draw: (canvas: Canvas, time: number) => void;
};

/** What `npm run demo:film` films; the cover is a single picture. */
export const films = {
	demonstration: { width: 1280, height: 720, seconds: filmSeconds, draw: drawDemonstration },
	sign: { width: 720, height: 720, seconds: filmSeconds, draw: drawSign },
	'signed-at-source': {
		width: 1280,
		height: 720,
		seconds: signedAtSourceSeconds,
		draw: drawSignedAtSource
	},
	cover: { width: 1280, height: 720, seconds: 0, draw: (canvas) => drawFeast(canvas, 9) }
} as const satisfies Record<string, Film>;

export type FilmName = keyof typeof films;
