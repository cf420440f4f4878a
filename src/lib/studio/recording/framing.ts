/**
 * Whether the hands stay in the picture, measured where the picture changes while somebody signs.
 * It needs no face and knows no person: only what moves between one look and the next.
 */

/** Looked at in so many cells, from left to right and from top to bottom. */
export const GRID = { width: 48, height: 36 };
/** So often while it is checked. */
export const LOOK_MS = 100;

export type Framing = 'good' | 'outside' | 'far' | 'shaken' | 'still';

/** Of 255: less is a sensor's noise or a lamp that flickers. */
const MOVED_FROM = 24;
/** Of all cells: less is nobody who signs, more is a camera that moves. */
const [SIGNS_FROM, SHAKES_FROM] = [0.01, 0.6];
/** Of the picture's height: whoever signs within less is too far away for hand shapes to be read. */
const NEAR_FROM = 0.3;
/** Cells at the left, right and upper border; the lower one is crossed by arms at rest. */
const BORDER = 2;
/** So many of them say that a hand went out; a single one may be noise. */
const OUTSIDE_FROM = 4;

/** Cells whose brightness changed between any two looks. */
function moved(looks: readonly (readonly number[])[]): number[] {
	const cells = new Set<number>();
	looks.slice(1).forEach((look, index) => {
		const before = looks[index] ?? [];
		look.forEach((luma, cell) => {
			if (Math.abs(luma - (before[cell] ?? luma)) >= MOVED_FROM) cells.add(cell);
		});
	});
	return [...cells];
}

/** Cells that changed between one look and the next, at most. */
const mostAtOnce = (looks: readonly (readonly number[])[]): number =>
	Math.max(0, ...looks.slice(1).map((look, index) => moved([looks[index] ?? [], look]).length));

/**
 * @param looks brightness of each cell of `GRID`, 0 to 255, one look after the other while somebody
 *   signs; fewer than two looks show nobody
 */
export function framingOf(looks: readonly (readonly number[])[]): Framing {
	const all = GRID.width * GRID.height;
	if (mostAtOnce(looks) > SHAKES_FROM * all) return 'shaken';
	const cells = moved(looks);
	if (cells.length < SIGNS_FROM * all) return 'still';
	const columns = cells.map((cell) => cell % GRID.width);
	const rows = cells.map((cell) => Math.floor(cell / GRID.width));
	const outside = cells.filter((_, index) => {
		const [column = 0, row = 0] = [columns[index], rows[index]];
		return column < BORDER || column >= GRID.width - BORDER || row < BORDER;
	});
	if (outside.length >= OUTSIDE_FROM) return 'outside';
	const height = Math.max(...rows) - Math.min(...rows) + 1;
	return height < NEAR_FROM * GRID.height ? 'far' : 'good';
}
