/** ZIP files as nobody's program would write them (APPNOTE 6.3.10, 4.3). */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
	name: string;
	data: Buffer;
	/** Told instead of the real one. */
	saysBytes?: number;
	isPacked?: boolean;
	/** Unix mode, as for a symbolic link. */
	mode?: number;
	flags?: number;
	/** Shares the bytes of the entry before it. */
	isShared?: boolean;
};

export function zipOf(entries: readonly ZipEntry[], counted = entries.length): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	let before = 0;
	for (const entry of entries) {
		const name = Buffer.from(entry.name, 'latin1');
		const stored = entry.isPacked ? deflateRawSync(entry.data) : entry.data;
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(entry.flags ?? 0, 2);
		common.writeUInt16LE(entry.isPacked ? 8 : 0, 4);
		common.writeUInt32LE(crc32(entry.data), 10);
		common.writeUInt32LE(stored.length, 14);
		common.writeUInt32LE(entry.saysBytes ?? entry.data.length, 18);
		common.writeUInt16LE(name.length, 22);
		const at = entry.isShared ? before : offset;
		if (!entry.isShared) {
			parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, stored);
			before = offset;
			offset += 4 + common.length + name.length + stored.length;
		}
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
		tail.writeUInt32LE(at, 10);
		const madeByUnix = Buffer.from([63, 3]);
		directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeByUnix, common, tail, name);
	}
	const index = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(counted, 4);
	end.writeUInt16LE(counted, 6);
	end.writeUInt32LE(index.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, index, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
