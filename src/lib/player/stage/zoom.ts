/** Into the demonstration; `x` and `y` are the middle of what is seen, in shares. */
export type Zoom = { scale: number; x: number; y: number };

export const UNZOOMED: Zoom = { scale: 1, x: 0.5, y: 0.5 };

/** One step in (1) or out (-1). */
export function zoomedBy(zoom: Zoom, steps: number): Zoom {
	const scale = Math.max(1, Math.min(4, zoom.scale * 1.5 ** steps));
	return scale === 1 ? UNZOOMED : { ...zoom, scale };
}
