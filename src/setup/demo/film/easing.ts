/** Movement as pure functions of time: no frame ever depends on the one before it. */

export type Keyframe = readonly [timeSeconds: number, value: number];

export function clamp01(value: number): number {
	return Math.min(1, Math.max(0, value));
}

export function mix(from: number, to: number, share: number): number {
	return from + (to - from) * share;
}

/** How far `time` has come between `from` and `to`: 0 before, 1 after. */
export function span(time: number, from: number, to: number): number {
	return clamp01((time - from) / (to - from));
}

export function easeInOut(share: number): number {
	const x = clamp01(share);
	return x < 0.5 ? 4 * x * x * x : 1 - (-2 * x + 2) ** 3 / 2;
}

export function easeOut(share: number): number {
	return 1 - (1 - clamp01(share)) ** 3;
}

/** Arrives a little too far and comes back, as things do that are put down with joy. */
export function easeOutBack(share: number): number {
	const x = clamp01(share) - 1;
	return 1 + 2.2 * x * x * x + 1.2 * x * x;
}

/** Eased passage from `from` to `to` of the time. */
export function glide(time: number, from: number, to: number): number {
	return easeInOut(span(time, from, to));
}

/** 0 outside, 1 inside, soft at both ends: for things that come and go. */
export function visit(time: number, from: number, to: number, softness = 0.5): number {
	return glide(time, from, from + softness) * (1 - glide(time, to - softness, to));
}

/** The value at `time` on a path of keyframes, eased in and out of every one of them. */
export function along(time: number, path: readonly Keyframe[]): number {
	const next = path.findIndex(([at]) => at > time);
	if (next === 0) return path[0]?.[1] ?? 0;
	const after = path[next];
	const before = path[next - 1];
	if (!after || !before) return path.at(-1)?.[1] ?? 0;
	return mix(before[1], after[1], glide(time, before[0], after[0]));
}

/** A number between 0 and 1 that is always the same for the same seed. */
export function scatter(seed: number): number {
	const x = Math.sin(seed * 127.1 + 311.7) * 43758.5453;
	return x - Math.floor(x);
}
