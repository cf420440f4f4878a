/**
 * Reads a QR code from its picture, as a phone would that sees it straight and clean: versions 1
 * to 6, level M, without correcting errors (ISO/IEC 18004).
 */
import sharp from 'sharp';

type Modules = (row: number, column: number) => boolean;
type Code = { size: number; isDark: Modules };

/** Blocks of each version at level M, and the data codewords of one. */
const BLOCKS = [
	[1, 16],
	[1, 28],
	[1, 44],
	[2, 32],
	[2, 43],
	[4, 27]
] as const;
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const MASKS: ((row: number, column: number) => boolean)[] = [
	(i, j) => (i + j) % 2 === 0,
	(i) => i % 2 === 0,
	(_, j) => j % 3 === 0,
	(i, j) => (i + j) % 3 === 0,
	(i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
	(i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
	(i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
	(i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0
];

/** @param png a picture of one code on white */
export async function readQr(png: Buffer): Promise<string> {
	const code = await codeIn(png);
	return textOf(code, dataOf(code));
}

async function codeIn(png: Buffer): Promise<Code> {
	const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
	const dark = (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 255) < 128;
	const xs = Array.from({ length: info.width }, (_, x) => x);
	const ys = Array.from({ length: info.height }, (_, y) => y);
	const top = ys.findIndex((y) => xs.some((x) => dark(x, y)));
	const left = xs.findIndex((x) => ys.some((y) => dark(x, y)));
	const right = xs.findLastIndex((x) => ys.some((y) => dark(x, y)));
	// The upper edge begins with a finder's seven modules.
	const end = xs.findIndex((x) => x > left && !dark(x, top + 1));
	const modules = (right + 1 - left) / ((end - left) / 7);
	const size = 17 + 4 * Math.round((modules - 17) / 4);
	const step = (right + 1 - left) / size;
	const at = (start: number, index: number) => Math.floor(start + (index + 0.5) * step);
	return { size, isDark: (row, column) => dark(at(left, column), at(top, row)) };
}

const versionOf = ({ size }: Code): number => (size - 17) / 4;

/** Finders with their formats, timing, and the one alignment pattern of versions 2 to 6. */
function isFunction(code: Code, row: number, column: number): boolean {
	const far = code.size - 8;
	if (row === 6 || column === 6) return true;
	if ((row <= 8 && (column <= 8 || column >= far)) || (row >= far && column <= 8)) return true;
	const centre = code.size - 7;
	return versionOf(code) > 1 && Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2;
}

function maskOf({ isDark }: Code) {
	const bits = [2, 3, 4].map((column): number => (isDark(8, column) ? 1 : 0));
	const number = bits.reduce((sum, bit) => sum * 2 + bit, 0) ^ 0b101;
	const mask = MASKS[number];
	if (!mask) throw new Error(`no mask ${number}`);
	return mask;
}

/** The bits in the order they were laid: in pairs of columns from the right, up and down. */
function* bitsOf(code: Code): Generator<number> {
	const mask = maskOf(code);
	let goesUp = true;
	for (let right = code.size - 1; right > 0; right -= 2) {
		if (right === 6) right--;
		for (let n = 0; n < code.size; n++) {
			const row = goesUp ? code.size - 1 - n : n;
			for (const column of [right, right - 1])
				if (!isFunction(code, row, column))
					yield code.isDark(row, column) === mask(row, column) ? 0 : 1;
		}
		goesUp = !goesUp;
	}
}

/** The data's bits, block after block as they were before they were interleaved. */
function dataOf(code: Code): number[] {
	const [blocks, length] = BLOCKS[versionOf(code) - 1] ?? [];
	if (!blocks || !length) throw new Error(`a code of ${code.size} modules`);
	const bits = [...bitsOf(code)];
	const word = (index: number) => bits.slice(index * 8, index * 8 + 8);
	return Array.from({ length: blocks }, (_, block) =>
		Array.from({ length }, (_, index) => word(index * blocks + block)).flat()
	).flat();
}

function textOf(code: Code, bits: number[]): string {
	let at = 0;
	const take = (count: number) =>
		bits.slice(at, (at += count)).reduce((sum, bit) => sum * 2 + bit, 0);
	let text = '';
	for (;;) {
		const mode = bits.length - at < 4 ? 0 : take(4);
		if (mode === 0) return text;
		if (mode === 1) {
			for (let left = take(10); left > 0; left -= 3) {
				const digits = Math.min(left, 3);
				text += String(take([0, 4, 7, 10][digits] ?? 0)).padStart(digits, '0');
			}
		} else if (mode === 2) {
			for (let left = take(9); left > 0; left -= 2) {
				const pair = left > 1 ? take(11) : take(6);
				if (left > 1) text += ALPHANUMERIC[Math.floor(pair / 45)];
				text += ALPHANUMERIC[pair % 45];
			}
		} else if (mode === 4) {
			const bytes = Array.from({ length: take(8) }, () => take(8));
			text += Buffer.from(bytes).toString('utf8');
		} else throw new Error(`mode ${mode} of a code of ${code.size} modules`);
	}
}
