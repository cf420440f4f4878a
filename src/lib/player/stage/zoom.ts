/**
 * Looking closer at the demonstration. `x` and `y` are the middle of what is seen, in shares of the
 * picture as it was filmed, so that mirroring leaves the same thing in view.
 */
import type { Area } from '../model.ts';
import type { Rect, Size } from './placing.ts';

export type Zoom = { scale: number; x: number; y: number };
/** The pane in pixels, the ratio of the picture in it, and whether that is mirrored. */
export type View = { pane: Size; ratio: number; isMirrored: boolean };

export const UNZOOMED: Zoom = { scale: 1, x: 0.5, y: 0.5 };
export const CLOSEST = 4;
const STEP = 1.5;

const clamp = (value: number, least: number, most: number): number =>
	Math.min(Math.max(value, least), most);

/** The picture as large as the pane holds it whole. */
export function fitted({ pane, ratio }: View): Size {
	const width = Math.min(pane.width, pane.height * ratio);
	return { width, height: width / ratio };
}

/** One step closer (1) or farther (-1), between the whole picture and the closest there is. */
export function zoomedBy(zoom: Zoom, steps: number): Zoom {
	const scale = clamp(zoom.scale * STEP ** steps, 1, CLOSEST);
	// A step back that would leave a hair's breadth of zoom leads to the whole picture.
	return scale < 1.05 ? UNZOOMED : { ...zoom, scale };
}

/** The nearest view that shows nothing outside of the picture. */
export function held(zoom: Zoom, view: View): Zoom {
	const scale = clamp(zoom.scale, 1, CLOSEST);
	const picture = fitted(view);
	const within = (value: number, shown: number, whole: number): number => {
		const half = Math.min(1, shown / (scale * whole)) / 2;
		return clamp(value, half, 1 - half);
	};
	return {
		scale,
		x: within(zoom.x, view.pane.width, picture.width),
		y: within(zoom.y, view.pane.height, picture.height)
	};
}

/** The picture drawn along by so many pixels on the screen. */
export function panned(zoom: Zoom, view: View, dx: number, dy: number): Zoom {
	const { width, height } = fitted(view);
	const x = zoom.x - ((view.isMirrored ? -dx : dx) / (zoom.scale * width) || 0);
	return held({ ...zoom, x, y: zoom.y - (dy / (zoom.scale * height) || 0) }, view);
}

/** Closer by `factor`; what lies under a point (pixels from the pane's middle) stays there. */
export function pinched(zoom: Zoom, view: View, factor: number, at: Pick<Rect, 'x' | 'y'>): Zoom {
	const scale = clamp(zoom.scale * factor, 1, CLOSEST);
	const { width, height } = fitted(view);
	const shift = 1 / zoom.scale - 1 / scale;
	const x = zoom.x + ((view.isMirrored ? -at.x : at.x) / width) * shift;
	return held({ scale, x, y: zoom.y + (at.y / height) * shift }, view);
}

/** A part of the picture in pixels of the pane. */
export function shown(area: Area, zoom: Zoom, view: View): Rect {
	const { scale, x, y } = held(zoom, view);
	const picture = fitted(view);
	const width = scale * picture.width;
	const height = scale * picture.height;
	const left = view.isMirrored ? x - area.x - area.width : area.x - x;
	return {
		x: view.pane.width / 2 + left * width,
		y: view.pane.height / 2 + (area.y - y) * height,
		width: area.width * width,
		height: area.height * height
	};
}
