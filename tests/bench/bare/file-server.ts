/** The least that could send a part of a file: node http and a read stream; nobody is asked. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);

const server = createServer((request, response) => {
	const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
	const [start, end] = [Number(first), Number(last)];
	response.writeHead(206, { 'content-type': 'video/mp4', 'content-length': end - start + 1 });
	createReadStream(join(folder, request.url ?? ''), { start, end }).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
