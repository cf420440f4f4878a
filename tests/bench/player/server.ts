/** A tiny media server on the loopback with byte ranges, a tap for each stream, and one thin line. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { Line } from './line.ts';

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.m3u8': 'application/vnd.apple.mpegurl',
	'.m4s': 'video/iso.segment',
	'.mp4': 'video/mp4',
	'.m4a': 'audio/mp4',
	'.jpg': 'image/jpeg',
	'.vtt': 'text/vtt',
	'.png': 'image/png'
};

/** Travels compressed, as the product sends it. */
const TEXTS = ['.html', '.js', '.css', '.m3u8', '.vtt'];

export type Tap = {
	/** Holds every answer whose path begins with this, until `release`. */
	hold(prefix: string): void;
	/** Lets everything held go, and finds again what was lost. */
	release(): void;
	/** Answers 404 for paths that begin with this, until `release`. */
	lose(prefix: string): void;
};

export type MediaServer = {
	origin: string;
	tap: Tap;
	line: Line;
	/** The path of every request, in the order they came. */
	requested: string[];
	/** Bytes of all bodies sent so far for paths that begin with this; headers are not counted. */
	sentBytes(prefix: string): number;
	close(): Promise<void>;
};

const HEADERS = {
	'cache-control': 'no-store',
	// Other players' pages may live at another address.
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'content-range, content-length, accept-ranges'
};

/** Compressed once, as the product's files are; nobody writes to them while they are served. */
const packed = new Map<string, Buffer>();

/** A viewer who leaves in the middle is no error of the server. */
const send = (bytes: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> =>
	pipeline(Readable.from(bytes), response).catch(() => void response.destroy());

async function answer(
	folders: string[],
	path: string,
	range: string | undefined,
	response: ServerResponse,
	carry: (bytes: Readable) => AsyncIterable<Buffer>
): Promise<void> {
	const clean = normalize(path).replace(/^(\.\.[/\\])+/, '');
	for (const folder of folders) {
		const file = join(folder, clean);
		const found = await stat(file).catch(() => null);
		if (!found?.isFile()) continue;
		const type = TYPES[extname(file)] ?? 'application/octet-stream';
		if (TEXTS.includes(extname(file)) && range === undefined) {
			const text = packed.get(file) ?? gzipSync(await readFile(file));
			packed.set(file, text);
			response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-encoding': 'gzip' });
			return send(carry(Readable.from([text])), response);
		}
		const wanted = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
		const start = wanted?.[1] ? Number(wanted[1]) : 0;
		const end = wanted?.[2] ? Math.min(Number(wanted[2]), found.size - 1) : found.size - 1;
		response.writeHead(wanted ? 206 : 200, {
			...HEADERS,
			'content-type': type,
			'content-length': end - start + 1,
			'accept-ranges': 'bytes',
			...(wanted ? { 'content-range': `bytes ${start}-${end}/${found.size}` } : {})
		});
		return send(carry(createReadStream(file, { start, end })), response);
	}
	response.writeHead(404).end();
}

/** Serves the folders, the first that has the file wins. */
export async function serve(...folders: string[]): Promise<MediaServer> {
	const held: { prefix: string; go: () => Promise<void> }[] = [];
	const holding = new Set<string>();
	const lost = new Set<string>();
	const requested: string[] = [];
	const line = new Line();
	const sent = new Map<string, number>();
	async function* count(path: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		for await (const piece of bytes) {
			sent.set(path, (sent.get(path) ?? 0) + piece.length);
			yield piece;
		}
	}
	const begins = (set: Set<string>, path: string): string | undefined =>
		[...set].find((prefix) => path.startsWith(prefix));

	const server = createServer((request, response) => {
		const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
		requested.push(path);
		if (begins(lost, path)) return void response.writeHead(404).end();
		const go = async (): Promise<void> => {
			await line.enter();
			await answer(folders, path, request.headers.range, response, (bytes) =>
				count(path, line.carry(bytes))
			);
		};
		const prefix = begins(holding, path);
		if (prefix) held.push({ prefix, go });
		else void go();
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requested,
		line,
		sentBytes: (prefix) =>
			[...sent]
				.filter(([path]) => path.startsWith(prefix))
				.reduce((sum, [, bytes]) => sum + bytes, 0),
		tap: {
			hold: (prefix) => void holding.add(prefix),
			lose: (prefix) => void lost.add(prefix),
			release() {
				holding.clear();
				lost.clear();
				for (const { go } of held.splice(0)) void go();
			}
		},
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}
