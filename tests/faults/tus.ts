/** The tus 1.0 protocol by hand: what a browser's client does, and what it would never do. */
import type { Caller } from './caller.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const TUS = { 'tus-resumable': '1.0.0', 'sec-fetch-site': 'same-origin' };

export type Announced = {
	lessonId: string;
	kind?: string;
	filename?: string;
	sizeBytes: number | string;
};

export function create(caller: Caller, { lessonId, kind, filename, sizeBytes }: Announced) {
	const metadata = { lessonId, kind: kind ?? 'demonstration', filename: filename ?? 'film.mp4' };
	return caller.send('/uploads', {
		method: 'POST',
		headers: {
			...TUS,
			'upload-length': String(sizeBytes),
			'upload-metadata': Object.entries(metadata)
				.map(([key, value]) => `${key} ${base64(value)}`)
				.join(',')
		}
	});
}

/** @returns where the bytes go to */
export async function begin(caller: Caller, announced: Announced): Promise<string> {
	const response = await create(caller, announced);
	const location = response.headers.get('location');
	if (response.status !== 201 || !location) throw new Error(await response.text());
	return location;
}

export const patch = (
	caller: Caller,
	location: string,
	offset: number,
	body: Uint8Array | ReadableStream<Uint8Array>
): Promise<Response> =>
	caller.send(location, {
		method: 'PATCH',
		duplex: 'half',
		body: body instanceof Uint8Array ? new Uint8Array(body) : body,
		headers: {
			...TUS,
			'content-type': 'application/offset+octet-stream',
			'upload-offset': String(offset)
		}
	});

export const ask = (caller: Caller, location: string, method: 'HEAD' | 'DELETE' | 'GET') =>
	caller.send(location, { method, headers: TUS });

/** How many bytes the server says it has. */
export const offsetOf = async (caller: Caller, location: string): Promise<number> =>
	Number((await ask(caller, location, 'HEAD')).headers.get('upload-offset') ?? Number.NaN);

/** A whole file at once. @returns the answer to its last byte */
export async function sendAll(
	caller: Caller,
	announced: Omit<Announced, 'sizeBytes'>,
	bytes: Uint8Array
): Promise<Response> {
	const location = await begin(caller, { ...announced, sizeBytes: bytes.length });
	return patch(caller, location, 0, bytes);
}
