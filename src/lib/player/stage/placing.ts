/**
 * Where the small picture lies and how large it is. Pixels of the stage; a place itself is kept in
 * shares of the free room, so that it holds on every screen. The style sheet of Stage.svelte says
 * the same as `sizeOf` and `rectAt`, for the page before any script; a test compares the two.
 */
import type { SmallPlace } from '../model.ts';

export type Size = { width: number; height: number };
export type Rect = Size & { x: number; y: number };
/** The stage; `reservedPx` at its bottom belongs to captions that lie over the picture. */
export type Room = Size & { reservedPx: number };
/** The small picture: width ÷ height, and the width below which it cannot be read. */
export type Picture = { ratio: number; leastPx: number };
export type Spot = Pick<SmallPlace, 'x' | 'y'>;

/** To the stage's border. */
export const MARGIN_PX = 10;
/** What the settings accept as a share of the stage's width, see `wide`. */
export const SHARES = { least: 0.2, most: 0.7 };
/** A place taken to get out of the way keeps this far off, so that it need not be left at once. */
const CLEAR_PX = 16;
/** With no place that clear, only one that covers so much less is worth a move. */
const WORTH = 0.75;

/** Corners and edges in reading order; `1` to `9` of a keypad lead there too. */
export const DOCKS: Spot[] = [0, 1, 2, 3, 5, 6, 7, 8].map((i) => ({
	x: (i % 3) / 2,
	y: Math.floor(i / 3) / 2
}));

const clamp = (value: number, least: number, most: number): number =>
	Math.min(Math.max(value, least), Math.max(least, most));

const spare = (room: Room, small: Size): { x: number; y: number } => ({
	x: Math.max(0, room.width - small.width - 2 * MARGIN_PX),
	y: Math.max(0, room.height - room.reservedPx - small.height - 2 * MARGIN_PX)
});

/**
 * What a share of the width is a share of: the stage's width, but no more than 16:9 of its height.
 * In a full screen beside captions a third of the width would be most of the height.
 */
export const wide = ({ width, height }: Room): number => Math.min(width, (height * 16) / 9);

/** Readable if the stage is large enough at all, and never larger than the stage. */
export function sizeOf(room: Room, { ratio, leastPx }: Picture, share: number): Size {
	const width = Math.min(
		Math.max(leastPx, share * wide(room)),
		room.width - 2 * MARGIN_PX,
		(room.height - room.reservedPx - 2 * MARGIN_PX) * ratio
	);
	return { width: Math.max(0, width), height: Math.max(0, width / ratio) };
}

export function rectAt(room: Room, small: Size, { x, y }: Spot): Rect {
	const free = spare(room, small);
	return { ...small, x: MARGIN_PX + x * free.x, y: MARGIN_PX + y * free.y };
}

export function moved<T extends Spot>(room: Room, small: Size, from: T, dx: number, dy: number): T {
	const free = spare(room, small);
	return {
		...from,
		x: free.x ? clamp(from.x + dx / free.x, 0, 1) : from.x,
		y: free.y ? clamp(from.y + dy / free.y, 0, 1) : from.y
	};
}

/** Another width in pixels at the same dock; what can be neither read nor held is not taken. */
export function resized(room: Room, picture: Picture, at: SmallPlace, widthPx: number): SmallPlace {
	const { width } = sizeOf(room, picture, widthPx / wide(room));
	return { ...at, width: clamp(width / wide(room), SHARES.least, SHARES.most) };
}

/**
 * The width after the inner edge was drawn by `dx`. It is the left one of a picture on the right;
 * a picture in between grows to both sides.
 */
export const drawn = (small: Size, { x }: Spot, dx: number): number =>
	small.width + (x >= 0.5 ? -dx / x : dx / (1 - x));

/** Small, usual, large as shares: three that differ, also where the least is already much. */
export function sizes(room: Room, picture: Picture): [number, number, number] {
	const real = (share: number): number => sizeOf(room, picture, share).width / wide(room);
	const least = real(0.25);
	const most = Math.max(real(0.5), Math.min(real(SHARES.most), least * 1.5));
	const usual = real(0.34);
	return [least, usual > least * 1.1 ? usual : (least + most) / 2, most];
}

/** The one of several values that is nearest. */
export const nearest = (values: number[], to: number): number =>
	best(values, (value) => Math.abs(value - to));

/** The dock nearest to a place. */
export const dockOf = ({ x, y }: Spot): Spot =>
	best(DOCKS, (dock) => Math.hypot(dock.x - x, dock.y - y));

/** Square pixels that two have in common. */
export function overlap(a: Rect, b: Rect): number {
	const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return Math.max(0, width) * Math.max(0, height);
}

/**
 * Where the small picture should be while hands are at work. It stays as long as it covers none of
 * them; otherwise it goes to the viewer's own place if that is free, or to the free dock next to
 * the hands (deaf viewers look at the side of the signer that is next to the action). The corners
 * suffice to find a free place if there is one: two upright rectangles lie apart only sideways or
 * one above the other. With none free it takes what covers least.
 */
export function placeBeside(room: Room, small: Size, from: Spot, own: Spot, hands: Rect): Spot {
	const covered = (at: Spot, clear = 0): number =>
		overlap(rectAt(room, small, at), grown(hands, clear));
	const now = covered(from);
	if (now === 0) return from;
	const all = [own, ...DOCKS];
	const free = all.filter((at) => covered(at, CLEAR_PX) === 0);
	if (free.includes(own)) return own;
	const here = rectAt(room, small, from);
	const cost = (at: Spot): number => {
		const there = rectAt(room, small, at);
		return apart(there, hands) + Math.hypot(there.x - here.x, there.y - here.y) / 4;
	};
	if (free.length) return best(free, cost);
	const least = best(all, covered);
	return covered(least) < now * WORTH ? least : from;
}

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
	...{ x: x - by, y: y - by },
	...{ width: width + 2 * by, height: height + 2 * by }
});

/** The distance between two rectangles' nearest points. */
function apart(a: Rect, b: Rect): number {
	const dx = Math.max(0, a.x - b.x - b.width, b.x - a.x - a.width);
	const dy = Math.max(0, a.y - b.y - b.height, b.y - a.y - a.height);
	return Math.hypot(dx, dy);
}

/** The first of those with the least cost. */
function best<T>(all: readonly T[], cost: (one: T) => number): T {
	return all.reduce((a, b) => (cost(b) < cost(a) ? b : a));
}
