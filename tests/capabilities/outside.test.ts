/** The one way out: what it refuses, and what it does not let others do to it. */
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { SourceProblem } from '#lib/domain/products.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import {
	MAX_REDIRECTS,
	type Outside,
	outside,
	type Question
} from '#lib/server/storefronts/outside/outside.ts';
import { type Answering, aServer, send, sendJson, type TestServer } from '../support/shops.ts';

const open: TestServer[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});
async function serving(answer: Answering): Promise<TestServer> {
	const server = await aServer(answer);
	open.push(server);
	return server;
}

/** As tests use it: the machine's own shops may be asked. */
const ask = outside({ mayLoopback: true, timeoutMs: 1000, maxBytes: 100_000 });
/** As it is in use. */
const askAsInUse = outside({ mayLoopback: false, timeoutMs: 1000 });
const json = (address: string, more: Partial<Question> = {}): Question => ({
	...{ address, accept: ['application/json'] },
	...more
});

async function problemOf(work: Promise<unknown>): Promise<SourceProblem | undefined> {
	const thrown = await work.then(
		() => undefined,
		(error: unknown) => error
	);
	if (thrown === undefined) return undefined;
	expect(thrown).toBeInstanceOf(OutsideFailure);
	return (thrown as OutsideFailure).code;
}

test('what was asked for comes back, from where it came in the end', async () => {
	const { origin } = await serving((request, response) =>
		request.url === '/old'
			? void response.writeHead(301, { location: '/new' }).end()
			: sendJson({ hello: '你好' })(request, response)
	);
	const answer = await ask(json(`${origin}/old`));
	expect(answer).toMatchObject({ address: `${origin}/new`, type: 'application/json' });
	expect(JSON.parse(answer.bytes.toString())).toEqual({ hello: '你好' });
});

test.each([
	'http://127.0.0.1:9/',
	'http://127.1/',
	'http://2130706433/',
	'http://0x7f.0.0.1/',
	'http://[::1]/',
	'http://[::ffff:127.0.0.1]/',
	'http://169.254.169.254/latest/meta-data/',
	'http://10.0.0.1/',
	'http://100.100.100.200/',
	'http://[fd00:ec2::254]/',
	'http://localhost/'
])('%s is not asked: it points inward', async (address) => {
	expect(await problemOf(askAsInUse(json(address)))).toBe('inward');
});

test('without the setting for tests this machine is not asked at all', async () => {
	const server = await serving(sendJson({}));
	expect(await problemOf(askAsInUse(json(server.origin)))).toBe('inward');
	expect(server.asked).toEqual([]);
});

test('with it other inward addresses are still shut', async () => {
	for (const address of ['http://10.0.0.1/', 'http://169.254.169.254/', 'http://[fe80::1]/'])
		expect(await problemOf(ask(json(address)))).toBe('inward');
});

test.each([
	...['file:///etc/passwd', 'ftp://shop.example/', 'gopher://shop.example/', 'data:text/html,x'],
	...['javascript:alert(1)', 'https://user:secret@shop.example/', 'shop.example', '', 'http://']
])('“%s” is no address to ask', async (address) => {
	expect(await problemOf(ask(json(address)))).toBe('address');
});

test('a name that has one inward address among others is not asked', async () => {
	const asked = outside({
		mayLoopback: false,
		resolve: async () => [
			{ address: '93.184.215.14', family: 4 },
			{ address: '192.168.0.10', family: 4 }
		]
	});
	expect(await problemOf(asked(json('https://shop.example/')))).toBe('inward');
});

test('the address that was looked at is the one that is asked: a second look-up changes nothing', async () => {
	const server = await serving(sendJson({ ok: true }));
	let looked = 0;
	const asked = outside({
		mayLoopback: true,
		// A name that nobody knows: had the connection looked it up again, it would have failed.
		resolve: async (name) => {
			looked++;
			expect(name).toBe('rebinding.invalid');
			return [{ address: looked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
		}
	});
	await asked(json(`http://rebinding.invalid:${server.port}/`));
	expect(looked).toBe(1);
	expect(server.asked[0]?.headers.host).toBe(`rebinding.invalid:${server.port}`);
	expect(await problemOf(asked(json(`http://rebinding.invalid:${server.port}/`)))).toBe('inward');
	expect(server.asked).toHaveLength(1);
});

test('a name that there is not is told from a shop that does not answer', async () => {
	expect(await problemOf(ask(json('http://no-such-shop.invalid/')))).toBe('name');
	const closed = await aServer(sendJson({}));
	await closed.close();
	expect(await problemOf(ask(json(closed.origin)))).toBe('no_answer');
});

test.each([
	['http://169.254.169.254/latest/meta-data/', 'inward'],
	['http://10.0.0.1/', 'inward'],
	['http://[::ffff:10.0.0.1]/', 'inward'],
	['file:///etc/passwd', 'address'],
	['http://user:secret@127.0.0.1/', 'address']
] as const)('a redirect to %s is looked at like the first address', async (location, problem) => {
	const { origin } = await serving(
		(_, response) => void response.writeHead(302, { location }).end()
	);
	expect(await problemOf(ask(json(origin)))).toBe(problem);
});

test(`after ${MAX_REDIRECTS} redirects nobody goes on`, async () => {
	const server = await serving((request, response) => {
		const left = Number(request.url?.slice(1));
		if (left === 0) return sendJson({})(request, response);
		response.writeHead(307, { location: `/${left - 1}` }).end();
	});
	expect(await problemOf(ask(json(`${server.origin}/${MAX_REDIRECTS}`)))).toBeUndefined();
	server.asked.length = 0;
	expect(await problemOf(ask(json(`${server.origin}/50`)))).toBe('redirects');
	expect(server.asked).toHaveLength(MAX_REDIRECTS + 1);
});

test('a shop’s token is for that shop: a redirect elsewhere does not take it along', async () => {
	const other = await serving(sendJson({}));
	const shop = await serving(
		(_, response) => void response.writeHead(308, { location: other.origin }).end()
	);
	await ask(json(shop.origin, { body: '{}', secrets: { 'x-token': 'abc' } }));
	expect(shop.asked[0]).toMatchObject({ body: '{}', headers: { 'x-token': 'abc' } });
	expect(other.asked[0]?.body).toBe('{}');
	expect(other.asked[0]?.headers).not.toHaveProperty('x-token');
});

test('a question with a body does not become another one', async () => {
	const { origin } = await serving(
		(_, response) => void response.writeHead(302, { location: '/elsewhere' }).end()
	);
	expect(await problemOf(ask(json(origin, { body: '{}' })))).toBe('redirects');
});

/** Writes without end, as fast as it is taken. */
const endless: Answering = (_, response) => {
	response.writeHead(200, { 'content-type': 'application/json' });
	const more = () => {
		while (!response.destroyed && response.write('x'.repeat(10_000)));
	};
	response.on('drain', more);
	more();
};

test('a body without end is left at the limit', async () => {
	const { origin } = await serving(endless);
	expect(await problemOf(ask(json(origin)))).toBe('large');
});

test('one that says to be larger is not begun', async () => {
	const { origin } = await serving((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100001' });
		response.flushHeaders();
	});
	expect(await problemOf(ask(json(origin)))).toBe('large');
});

test('one packed small, to be unpacked large, is not taken', async () => {
	const packed = gzipSync(Buffer.alloc(50_000_000));
	const { origin } = await serving(
		send('application/json', packed, { 'content-encoding': 'gzip' })
	);
	expect(await problemOf(ask(json(origin)))).toBe('type');
});

const slowOnes: Record<string, Answering> = {
	'never answers': () => undefined,
	'sends a byte now and then': (_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		const timer = setInterval(() => response.write(' '), 50);
		response.on('close', () => clearInterval(timer));
	},
	'redirects slowly, again and again': (_, response) => {
		setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 400);
	}
};
test.each(Object.keys(slowOnes))('a shop that %s has its time and no more', async (how) => {
	const { origin } = await serving(slowOnes[how] as Answering);
	const begun = performance.now();
	expect(await problemOf(ask(json(origin)))).toBe('slow');
	expect(performance.now() - begun).toBeLessThan(3000);
});

test('a name without any address is none', async () => {
	const asked = outside({ mayLoopback: false, resolve: async () => [] });
	expect(await problemOf(asked(json('https://shop.example/')))).toBe('name');
});

test('it is asked plainly, and says who asks', async () => {
	const { origin, asked } = await serving(sendJson({}));
	await ask(json(origin));
	expect(asked[0]).toMatchObject({
		body: '',
		headers: { accept: 'application/json', 'accept-encoding': 'identity' }
	});
	expect(asked[0]?.headers['user-agent']).toContain('YunWusheng');
	expect(asked[0]?.headers).not.toHaveProperty('cookie');
});

test('a look-up that never ends has its time too', async () => {
	const asked = outside({
		...{ mayLoopback: false, timeoutMs: 100 },
		resolve: () => new Promise(() => undefined)
	});
	expect(await problemOf(asked(json('https://shop.example/')))).toBe('slow');
});

test.each(['text/html; charset=utf-8', 'text/plain', 'application/octet-stream', ''])(
	'where JSON was asked for, “%s” is not taken',
	async (type) => {
		const { origin } = await serving(send(type, '[]'));
		expect(await problemOf(ask(json(origin)))).toBe('type');
	}
);

test('who has stopped asking is told so, not that the shop is slow', async () => {
	const { origin } = await serving(() => undefined);
	const stop = new AbortController();
	const asked = (ask as Outside)(json(origin, { signal: stop.signal }));
	setTimeout(() => stop.abort(new Error('others wait')), 50);
	await expect(asked).rejects.toThrow('others wait');
});
