/**
 * The built site behind one http server. adapter-node's own would do, but it sends a static file
 * without the headers that every answer must carry.
 */
import { createServer } from 'node:http';
import compression from 'compression';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Long enough for one 5 MiB piece of an upload at 10 KB/s; then the client resumes it. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
const GRACE_MS = 5000;

/** For what is not a page: pages say more precisely what they may load. */
const HEADERS: Record<string, string> = {
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=()',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	...(process.env.ORIGIN?.startsWith('https:') && {
		'strict-transport-security': 'max-age=63072000; includeSubDomains'
	})
};

// One piece of an upload at most; adapter-node's own default would stop uploads after 512 KB.
process.env.BODY_SIZE_LIMIT ??= '64M';
const build = pathToFileURL(resolve(process.env.BUILD_FOLDER ?? 'build', 'handler.js')).href;
const { handler } = (await import(build)) as { handler: Handler };

/** Pages are made anew each time; assets lie compressed beside themselves, media are compressed. */
const compressPages = compression({
	threshold: 1400, // what fits into one packet anyway
	filter: (_request, response) =>
		/^(text\/html|application\/json)\b/.test(String(response.getHeader('content-type')))
});

/** What SvelteKit and its static server leave open where our hooks do not reach: at refusals. */
function complete(response: ServerResponse): void {
	const type = String(response.getHeader('content-type') ?? '');
	const hasBody = response.statusCode !== 204 && response.statusCode !== 304;
	// Letters a browser has to guess, it can be made to guess wrong (ASVS 5.0 4.1.1).
	if (type === 'text/html') response.setHeader('content-type', 'text/html; charset=utf-8');
	if (type === '' && hasBody && response.statusCode >= 400)
		response.setHeader('content-type', 'text/plain; charset=utf-8');
	if (/html|json/.test(type) && !response.hasHeader('cache-control'))
		response.setHeader('cache-control', 'no-store');
}

/** `writeHead` is the one gate all of them go through, and the last moment for a header. */
function beforeHeadersLeave(response: ServerResponse): void {
	const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
	response.writeHead = (...given: unknown[]) => {
		if (typeof given[0] === 'number') response.statusCode = given[0];
		complete(response);
		return writeHead(...given);
	};
}

const server = createServer((request, response) => {
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
	beforeHeadersLeave(response);
	const answer = () =>
		handler(request, response, () => {
			response.statusCode = 404;
			response.end();
		});
	// Nothing there to compress, and most of what is sent: it is spared the detour.
	if (request.url?.startsWith('/media/')) return answer();
	compressPages(
		request as Parameters<typeof compressPages>[0],
		response as Parameters<typeof compressPages>[1],
		answer
	);
});
server.requestTimeout = REQUEST_TIMEOUT_MS;

const host = process.env.HOST ?? '127.0.0.1';
server.listen(Number(process.env.PORT ?? 3000), host, () => {
	// The demo says it in its own words, with the sign-ins.
	if (process.env.DEMO !== '1')
		console.log(`listening on http://${host}:${(server.address() as AddressInfo).port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		server.close();
		server.closeIdleConnections();
		// hooks.server.ts closes the app: jobs go back to the queue, the database is closed.
		process.emit('sveltekit:shutdown' as never);
		setTimeout(() => process.exit(0), GRACE_MS).unref();
	});
}
