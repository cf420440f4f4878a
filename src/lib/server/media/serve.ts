/** Media over HTTP: byte ranges (RFC 9110 section 14), right types, long caching. */
import type { Readable } from 'node:stream';
import { NotFound } from '../errors.ts';
import { isKey } from '../storage/key.ts';
import type { Storage } from '../storage/storage.ts';

const TYPES = new Map([
	['m3u8', 'application/vnd.apple.mpegurl'],
	['mp4', 'video/mp4'],
	['m4s', 'video/iso.segment'],
	['m4a', 'audio/mp4'],
	['vtt', 'text/vtt; charset=utf-8'],
	['jpg', 'image/jpeg'],
	['webp', 'image/webp'],
	['png', 'image/png'],
	['pdf', 'application/pdf']
]);

const BASE_HEADERS = {
	'accept-ranges': 'bytes',
	'x-content-type-options': 'nosniff',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'cross-origin-resource-policy': 'same-origin',
	// Only this person's browser may keep it; a name never means other bytes.
	'cache-control': 'private, max-age=31536000, immutable'
};

/**
 * Answers with a stored file, or the part of it that was asked for.
 * @throws NotFound for a file that is not there or whose type is not media
 */
export async function serve(
	storage: Pick<Storage, 'stat' | 'read'>,
	key: string,
	request: Request
): Promise<Response> {
	const type = TYPES.get(key.slice(key.lastIndexOf('.') + 1));
	// Its last part comes from an address: what could never be stored is not there either.
	const stat = type && isKey(key) && (await storage.stat(key));
	if (!stat) throw new NotFound();
	const headers: Record<string, string> = { ...BASE_HEADERS, 'content-type': type };
	// RFC 9110 section 14.2: a range belongs to GET alone; a HEAD tells of the whole.
	const asked = request.method === 'GET' ? request.headers.get('range') : null;
	const range = rangeOf(asked, stat.sizeBytes);
	if (range === 'unsatisfiable')
		return new Response(null, {
			status: 416,
			headers: { ...headers, 'content-range': `bytes */${stat.sizeBytes}` }
		});
	const { start, end } = range ?? { start: 0, end: stat.sizeBytes - 1 };
	headers['content-length'] = String(end - start + 1);
	if (range) headers['content-range'] = `bytes ${start}-${end}/${stat.sizeBytes}`;
	const body =
		request.method === 'HEAD' || stat.sizeBytes === 0
			? null
			: bodyOf(await storage.read(key, { start, end }));
	return new Response(body, { status: range ? 206 : 200, headers });
}

/** So much is read before it is asked for; a small file is then read to its end, and closed. */
const AHEAD_BYTES = 64 * 1024;

/**
 * A response's body from a stream, no faster than it is taken. (`Readable.toWeb` copies every piece.)
 */
export function bodyOf(source: Readable): ReadableStream<Uint8Array> {
	let leave = (): void => undefined;
	return new ReadableStream<Uint8Array>(
		{
			start(controller) {
				const give = (piece: Uint8Array) => {
					controller.enqueue(piece);
					if ((controller.desiredSize ?? 0) <= 0) source.pause();
				};
				const close = () => controller.close();
				source.on('data', give).once('end', close).pause();
				source.on('error', (error) => controller.error(error));
				// A destroyed stream may still give what it has read: nobody is there to take it.
				leave = () => void source.off('data', give).off('end', close).destroy();
			},
			pull: () => void source.resume(),
			cancel: () => leave()
		},
		new ByteLengthQueuingStrategy({ highWaterMark: AHEAD_BYTES })
	);
}

type Range = { start: number; end: number };

/** One range is served; none, a malformed one, or several mean the whole file, as the RFC allows. */
export function rangeOf(header: string | null, size: number): Range | 'unsatisfiable' | undefined {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
	if (!match) return undefined;
	const [, first = '', last = ''] = match;
	if (first === '' && last === '') return undefined;
	if (first === '') {
		const length = Number(last);
		if (length === 0 || size === 0) return 'unsatisfiable';
		return { start: Math.max(0, size - length), end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return undefined;
	return start >= size ? 'unsatisfiable' : { start, end };
}
