/** A part of a sheet of small pictures as the background of a box of any size. */
import type { Still } from './film.ts';

export function pictureOf({ sheet, x, y, width, height }: Still, all: readonly Still[]): string {
	const allWidth = Math.max(...all.map((still) => still.x + still.width));
	const allHeight = Math.max(...all.map((still) => still.y + still.height));
	// CSS counts a background's place in shares of what is left over.
	const place = (from: number, whole: number, part: number) =>
		whole > part ? (100 * from) / (whole - part) : 0;
	return [
		`background-image: url('${sheet}')`,
		'background-repeat: no-repeat',
		`background-size: ${(100 * allWidth) / width}% ${(100 * allHeight) / height}%`,
		`background-position: ${place(x, allWidth, width)}% ${place(y, allHeight, height)}%`,
		`aspect-ratio: ${width} / ${height}`
	].join(';');
}
