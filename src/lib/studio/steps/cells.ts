/** Where hands work, as fields of a picture parted in three by three: told by taps, without a drag. */
import type { AreaInput } from '#lib/domain/timeline.ts';

export const SIDE = 3;
const PERMILLE = 1000;
type Box = Pick<AreaInput, 'x' | 'y' | 'width' | 'height'>;

const edge = (index: number): number => Math.round((index * PERMILLE) / SIDE);

/** The fields that an area covers by half or more, or the one it lies in. */
export function cellsOf({ x, y, width, height }: Box): number[] {
	const covers = (from: number, length: number, index: number) => {
		const common = Math.min(from + length, edge(index + 1)) - Math.max(from, edge(index));
		const middle = from + length / 2;
		return common * 2 >= PERMILLE / SIDE || (middle >= edge(index) && middle < edge(index + 1));
	};
	return Array.from({ length: SIDE * SIDE }, (_, cell) => cell).filter(
		(cell) => covers(x, width, cell % SIDE) && covers(y, height, Math.floor(cell / SIDE))
	);
}

/** The smallest area with all of these fields; all of the picture without any. */
export function boxOf(cells: readonly number[]): Box {
	if (cells.length === 0) return { x: 0, y: 0, width: PERMILLE, height: PERMILLE };
	const columns = cells.map((cell) => cell % SIDE);
	const rows = cells.map((cell) => Math.floor(cell / SIDE));
	const [x, y] = [edge(Math.min(...columns)), edge(Math.min(...rows))];
	return {
		...{ x, y },
		width: edge(Math.max(...columns) + 1) - x,
		height: edge(Math.max(...rows) + 1) - y
	};
}

/**
 * A field is tapped: one outside is taken in; one within becomes the whole area, which is how one
 * begins anew.
 */
export function tapped(box: Box, cell: number): Box {
	const cells = cellsOf(box);
	return boxOf(cells.includes(cell) ? [cell] : [...cells, cell]);
}
