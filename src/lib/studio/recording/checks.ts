/** Whether a signer can be seen: light, movement, sharpness and framing, measured from the picture. */
import { type Framing, framingOf, GRID } from './framing.ts';

export type Light = 'good' | 'dark' | 'bright' | 'flat';
export type Verdict = {
	light: Light;
	isSmooth: boolean;
	isSharp: boolean;
	framesPerSecond: number;
	framing: Framing;
};

/** Of 255, on average over the picture. */
const [DARK_BELOW, BRIGHT_ABOVE] = [55, 215];
/** Standard deviation below which hands do not stand out from what is behind them. */
const FLAT_BELOW = 14;
/** Below 25 frames a second hand shapes blur into each other; counted ones waver a little. */
const SMOOTH_FROM = 24;
const SHARP_FROM = 480;

/** @param luma brightness of sampled pixels, 0 to 255 */
export function lightOf(luma: readonly number[]): Light {
	const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
	const spread = luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / luma.length;
	if (mean < DARK_BELOW) return 'dark';
	if (mean > BRIGHT_ABOVE) return 'bright';
	return Math.sqrt(spread) < FLAT_BELOW ? 'flat' : 'good';
}

/**
 * @param looks brightness of each cell of `GRID`, 0 to 255, one look after the other
 * @param takenMs when frames were taken, one after the other
 * @param size of the picture, in pixels
 */
export function verdictOf(
	looks: readonly (readonly number[])[],
	takenMs: readonly number[],
	size: { width: number; height: number }
): Verdict {
	const spanMs = (takenMs.at(-1) ?? 0) - (takenMs[0] ?? 0);
	const framesPerSecond = spanMs > 0 ? ((takenMs.length - 1) * 1000) / spanMs : 0;
	return {
		light: lightOf(looks.at(-1) ?? []),
		framing: framingOf(looks),
		framesPerSecond: Math.round(framesPerSecond),
		isSmooth: framesPerSecond >= SMOOTH_FROM,
		isSharp: Math.min(size.width, size.height) >= SHARP_FROM
	};
}

/**
 * Looks at a video again and again with one canvas.
 * @returns brightness of each cell of `GRID` in what it shows now (ITU-R BT.709)
 */
export function looksAt(video: HTMLVideoElement): () => number[] {
	const canvas = document.createElement('canvas');
	Object.assign(canvas, GRID);
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return () => {
		if (!context) return [];
		context.drawImage(video, 0, 0, GRID.width, GRID.height);
		const { data } = context.getImageData(0, 0, GRID.width, GRID.height);
		return Array.from({ length: data.length / 4 }, (_, pixel) => {
			const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		});
	};
}
