/** A chosen file before it is sent: what is plainly wrong with it, and how it is known again. */
import { MAX_UPLOAD_BYTES } from '#lib/domain/courses.ts';

/** Phones often hand over a video without a type, so its name counts as well. */
const VIDEO_NAME = /\.(mp4|m4v|mov|qt|webm|mkv|avi|3gp|3g2|mts|m2ts|ts|mpg|mpeg|wmv)$/i;

export type FileFault = 'empty' | 'tooLarge' | 'notAVideo';

/** Only what is certain; the server looks inside and decides. */
export function faultOf(file: { name: string; type: string; size: number }): FileFault | undefined {
	if (file.size === 0) return 'empty';
	if (file.size > MAX_UPLOAD_BYTES) return 'tooLarge';
	if (!file.type.startsWith('video/') && !VIDEO_NAME.test(file.name)) return 'notAVideo';
	return undefined;
}

const PIECE_BYTES = 256 * 1024;

/**
 * Knows a file again by its size and three pieces of it, wherever it lies and whatever it is called.
 * @throws DOMException when the browser may no longer read the file
 */
export async function fingerprintOf(file: Blob): Promise<string> {
	const starts = [0, Math.floor((file.size - PIECE_BYTES) / 2), file.size - PIECE_BYTES];
	const pieces = starts.map((start) => {
		const from = Math.max(0, start);
		return file.slice(from, from + PIECE_BYTES);
	});
	const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
	return `${file.size}-${await digestOf(bytes)}`;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	// Absent on plain http away from localhost, as in an association's own network.
	const subtle = globalThis.crypto?.subtle;
	if (!subtle) return fnv1a(bytes);
	const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
	return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** FNV-1a, 32 bit: enough to tell one person's videos apart. */
function fnv1a(bytes: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash.toString(16);
}
