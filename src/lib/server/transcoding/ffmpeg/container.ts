import { open, type FileHandle } from 'node:fs/promises';
import { Unusable } from '../unusable.ts';

/** Boxes that a QuickTime or MP4 file may begin with (ISO/IEC 14496-12, QTFF). */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp']);
/** Boxes that hold the video itself. */
const WEIGHTY_BOXES = new Set(['mdat', 'moov', 'moof']);
/** Far more top-level boxes than any two-hour recording in fragments has. */
const BOXES_MAX = 100_000;

/**
 * Looks at a file's own bytes before any other program does. Throws `Unusable`: 'empty',
 * 'notAVideo' for what is none of the containers we take (MP4/QuickTime, Matroska/WebM, AVI,
 * MPEG), 'damaged' for an MP4 that announces more bytes than it has, as after a broken copy.
 */
export async function assertContainer(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		const { size } = await handle.stat();
		if (size === 0) throw new Unusable('empty', 'no byte');
		const head = await bytesAt(handle, 0, 12);
		if (isIsoMedia(head)) await assertWholeBoxes(handle, size);
		else if (!isOtherContainer(head) && !(await isTransportStream(handle))) {
			throw new Unusable('notAVideo', `begins with ${head.toString('hex')}`);
		}
	} finally {
		await handle.close();
	}
}

function isIsoMedia(head: Buffer): boolean {
	return FIRST_BOXES.has(head.toString('latin1', 4, 8));
}

function isOtherContainer(head: Buffer): boolean {
	const isMatroska = head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;
	const isAvi = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8) === 'AVI ';
	const isProgramStream = head.length >= 4 && head.readUInt32BE(0) === 0x000001ba;
	return isMatroska || isAvi || isProgramStream;
}

/** Packets of 188 bytes, or 192 with a timestamp before each (camcorders), each with 0x47. */
async function isTransportStream(handle: FileHandle): Promise<boolean> {
	for (const [first, step] of [
		[0, 188],
		[4, 192]
	] as const) {
		const marks = [0, 1, 2].map((packet) => bytesAt(handle, first + packet * step, 1));
		if ((await Promise.all(marks)).every((mark) => mark[0] === 0x47)) return true;
	}
	return false;
}

async function assertWholeBoxes(handle: FileHandle, size: number): Promise<void> {
	let at = 0;
	for (let box = 0; box < BOXES_MAX && size - at >= 8; box++) {
		const head = await bytesAt(handle, at, 16);
		const short = head.readUInt32BE(0);
		// 0: up to the end of the file; 1: the real length follows in 64 bits.
		if (short === 0) return;
		const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
		// Some cameras append data of their own, which are no boxes: no reason to refuse.
		if (length < 8 || (!WEIGHTY_BOXES.has(head.toString('latin1', 4, 8)) && at + length > size))
			return;
		at += length;
	}
	if (at > size) throw new Unusable('damaged', `${at - size} bytes are missing`);
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}
