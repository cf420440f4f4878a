/**
 * A WOFF2 font as the plain OpenType it was packed from (W3C WOFF 2.0, section 4 and 5). Only for
 * fonts whose tables were packed untransformed, as those with CFF outlines are. The PDF library can
 * unpack too, but in JavaScript, a second each time; zlib does it once, beside the event loop.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

const unpack = promisify(brotliDecompress);

/** Tags that have a number instead of four letters, in the standard's order. */
const KNOWN_TAGS = (
	'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx ' +
	'kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix ' +
	'acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak ' +
	'Zapf Silf Glat Gloc Feat Sill'
).match(/.{4}(?: |$)/g);

const HEADER_BYTES = 48;

/** @throws where tables were transformed */
export async function openTypeOf(packed: Buffer): Promise<Buffer> {
	const flavor = packed.readUInt32BE(4);
	const count = packed.readUInt16BE(12);
	let at = HEADER_BYTES;
	/** A number of 7 bits a byte, the highest bit saying that another follows. */
	const readNumber = (): number => {
		let value = 0;
		for (;;) {
			const byte = packed[at++] ?? 0;
			value = value * 128 + (byte & 127);
			if (byte < 128) return value;
		}
	};
	const tables: { tag: string; length: number }[] = [];
	for (let index = 0; index < count; index++) {
		const flags = packed[at++] ?? 0;
		const isNamed = (flags & 63) === 63;
		const tag = isNamed
			? packed.toString('latin1', at, (at += 4))
			: (KNOWN_TAGS?.[flags & 63]?.slice(0, 4) ?? '');
		const length = readNumber();
		const isOutline = tag === 'glyf' || tag === 'loca';
		if (flags >> 6 !== (isOutline ? 3 : 0)) throw new Error(`the table ${tag} is transformed`);
		tables.push({ tag, length });
	}
	const bytes = await unpack(packed.subarray(at, at + packed.readUInt32BE(20)));
	return assembled(flavor, tables, bytes);
}

function assembled(
	flavor: number,
	tables: { tag: string; length: number }[],
	bytes: Buffer
): Buffer {
	const directory = Buffer.alloc(12 + 16 * tables.length);
	directory.writeUInt32BE(flavor, 0);
	directory.writeUInt16BE(tables.length, 4);
	const pieces: Buffer[] = [directory];
	let from = 0;
	let offset = directory.length;
	const placed = tables.map(({ tag, length }) => {
		const place = { tag, length, offset };
		pieces.push(bytes.subarray(from, from + length), Buffer.alloc(-length & 3));
		from += length;
		offset += length + (-length & 3);
		return place;
	});
	// Readers look them up by halves. Sums of tables, which nobody checks here, stay 0.
	placed.sort((a, b) => (a.tag < b.tag ? -1 : 1));
	for (const [index, { tag, length, offset: to }] of placed.entries()) {
		const row = 12 + 16 * index;
		directory.write(tag, row, 'latin1');
		directory.writeUInt32BE(to, row + 8);
		directory.writeUInt32BE(length, row + 12);
	}
	return Buffer.concat(pieces);
}
