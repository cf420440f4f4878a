/** What goes wrong on the way is told as what it is. */
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { failureOf } from '#lib/server/storefronts/outside/failing.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import { outside } from '#lib/server/storefronts/outside/outside.ts';
import { type Answering, aServer, sendJson, type TestServer } from '../support/shops.ts';

const open: TestServer[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});
async function serving(answer: Answering): Promise<TestServer> {
	const server = await aServer(answer);
	open.push(server);
	return server;
}

const ask = outside({ mayLoopback: true, timeoutMs: 1000, maxBytes: 100_000 });
const problemAt = (address: string) =>
	ask({ address, accept: ['application/json'] }).then(
		() => undefined,
		(error: unknown) => (error instanceof OutsideFailure ? error.code : error)
	);

test.each([
	[401, 'refused'],
	[403, 'refused'],
	[404, 'missing'],
	[410, 'missing'],
	[429, 'busy'],
	[500, 'fault'],
	[502, 'fault'],
	[503, 'busy'],
	[204, 'unreadable'],
	[304, 'unreadable']
] as const)('an answer %i is told as what it is', async (status, problem) => {
	const { origin } = await serving((_, response) => void response.writeHead(status).end());
	expect(await problemAt(origin)).toBe(problem);
});

test('who cannot prove who he is, is told from who does not answer', async () => {
	const { origin } = await serving(sendJson({}));
	expect(await problemAt(origin.replace('http:', 'https:'))).toBe('certificate');
	const codeOf = (code: string) =>
		failureOf(Object.assign(new Error(), { code }), new AbortController().signal).code;
	for (const code of [
		...['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
		...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']
	])
		expect(codeOf(code)).toBe('certificate');
	for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'HPE_INVALID_CONSTANT'])
		expect(codeOf(code)).toBe('no_answer');
});

/** What no HTTP server of ours would send. */
async function raw(bytes: string): Promise<{ origin: string; close(): void }> {
	const server = createTcpServer((socket) => {
		socket.on('error', () => undefined).once('data', () => socket.end(bytes));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test.each([
	[
		'breaks off',
		'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n[1,'
	],
	['is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
	['says nothing', ''],
	['has a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
	[
		'changes its protocol',
		'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'
	]
])('an answer that %s is no answer', async (_, bytes) => {
	const { origin, close } = await raw(bytes);
	expect(await problemAt(origin)).toMatch(/^(?:no_answer|slow)$/);
	close();
});
