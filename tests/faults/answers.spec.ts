import { request as httpRequest } from 'node:http';
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { doorOf, pass } from '#lib/server/access/doors.ts';
import { ROLES } from '#lib/domain/roles.ts';
import { type Server, startServer } from '../support/server.ts';
import { addressOf, ways } from './routes.ts';
import { aTown, type Town } from './town.ts';
import * as tus from './tus.ts';

let server: Server;
let town: Town;
test.beforeAll(async () => {
	server = await startServer({ WORKER: 'separate' });
	town = await aTown(server);
});
test.afterAll(async () => {
	await town.db.destroy();
	await server.remove();
});

const ours = () => ({ origin: server.origin, 'sec-fetch-site': 'same-origin' });
const asset = (): string => {
	const folder = `${process.env.BUILD_FOLDER ?? 'build'}/client/_app/immutable`;
	const name = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) =>
		file.endsWith('.js')
	);
	return `/_app/immutable/${name}`;
};
const post = (path: string, body: BodyInit, type: string): Promise<Response> =>
	town.callers.trainee.send(path, {
		method: 'POST',
		body,
		headers: { ...ours(), 'content-type': type }
	});

type Kind = { status: number; ask: () => Promise<Response> };
const kinds: Record<string, Kind> = {
	'a page': { status: 200, ask: () => town.callers.visitor.get('/') },
	"a trainee's page": { status: 200, ask: () => town.callers.trainee.get('/learn') },
	"a page's data": { status: 200, ask: () => town.callers.trainee.get('/learn/__data.json') },
	'a page that is not there': { status: 404, ask: () => town.callers.visitor.get('/nowhere') },
	'a thing that is not there': {
		status: 404,
		ask: () => town.callers.trainee.get('/learn/lessons/nothing')
	},
	'a closed door': { status: 403, ask: () => town.callers.trainee.get('/staff/people') },
	'a way to sign in': { status: 303, ask: () => town.callers.visitor.get('/learn') },
	'a refused script': {
		status: 401,
		ask: () =>
			town.callers.visitor.send('/uploads', {
				method: 'POST',
				headers: { ...ours(), accept: 'application/json' }
			})
	},
	'a refused form': {
		status: 400,
		ask: () => town.callers.visitor.submit('/sign-in', { signInName: '' })
	},
	'a form that cannot be read': {
		status: 400,
		ask: () => post('/sign-in', 'no boundary', 'multipart/form-data; boundary=x')
	},
	'a wrong method': {
		status: 405,
		ask: () => town.callers.visitor.send('/preferences', { method: 'PUT', headers: ours() })
	},
	'a request from another site': {
		status: 403,
		ask: () => town.callers.visitor.submit('/sign-out', {}, { 'sec-fetch-site': 'cross-site' })
	},
	'a form too large': {
		status: 413,
		ask: () => town.callers.visitor.submit('/sign-in', { signInName: 'x'.repeat(100_000) })
	},
	'a form without a length': {
		status: 411,
		ask: () =>
			town.callers.visitor.send('/sign-in', {
				method: 'POST',
				duplex: 'half',
				body: new Blob(['signInName=x']).stream(),
				headers: { ...ours(), 'content-type': 'application/x-www-form-urlencoded' }
			})
	},
	'a broken message': {
		status: 400,
		ask: () => post(`/learn/lessons/${town.lessonId}/watched`, '{"ranges":', 'application/json')
	},
	'a message of another type': {
		status: 415,
		ask: () => post(`/learn/lessons/${town.lessonId}/watched`, '{}', 'text/plain')
	},
	'a picture of ours': { status: 200, ask: () => town.callers.visitor.get('/icon.svg') },
	'a script of ours': { status: 200, ask: () => town.callers.visitor.get(asset()) },
	'a script that is not there': {
		status: 404,
		ask: () => town.callers.visitor.get('/_app/immutable/nothing.js')
	},
	'a medium': { status: 200, ask: () => town.callers.trainee.get(town.poster) },
	'a part of a medium': {
		status: 206,
		ask: () => town.callers.trainee.get(town.poster, { range: 'bytes=0-9' })
	},
	'a part beyond its end': {
		status: 416,
		ask: () => town.callers.trainee.get(town.poster, { range: 'bytes=5000-' })
	},
	'a medium that is not there': {
		status: 404,
		ask: () => town.callers.trainee.get(town.poster.replace('poster', 'nothing'))
	},
	captions: {
		status: 200,
		ask: () => town.callers.trainee.get(`/media/captions/${town.lessonId}/zh-CN.vtt`)
	},
	'what uploads can do': {
		status: 204,
		ask: () => town.callers.instructor.send('/uploads', { method: 'OPTIONS' })
	},
	'an upload without its protocol': {
		status: 412,
		ask: () => town.callers.instructor.send('/uploads', { method: 'POST', headers: ours() })
	},
	'a refused upload': {
		status: 404,
		ask: () => tus.create(town.callers.instructor, { lessonId: crypto.randomUUID(), sizeBytes: 9 })
	},
	'an address that cannot be read': { status: 400, ask: () => raw('/%E0%A4%A') },
	'a TRACE': { status: 400, ask: () => raw('/', 'TRACE') },
	'the health of the service': { status: 200, ask: () => town.callers.visitor.get('/health') }
};

/** `fetch` mends addresses before it sends them. */
const raw = (path: string, method = 'GET'): Promise<Response> =>
	new Promise((resolve, reject) => {
		const { port } = new URL(server.origin);
		httpRequest({ host: '127.0.0.1', port, path, method }, (answer) => {
			const headers = new Headers();
			for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
			answer.setEncoding('utf8');
			let text = '';
			answer.on('data', (chunk: string) => (text += chunk));
			answer.on('end', () => resolve(new Response(text, { status: answer.statusCode, headers })));
		})
			.on('error', reject)
			.end();
	});

/** What only a leak says: a trace, a file of this machine, a query, an error's own name. */
const INSIDE =
	/\n\s+at |node_modules|\/tmp\/|\/src\/|\.ts:\d|SQLITE|SqliteError|TypeError|ENOENT|select .* from/i;

for (const [kind, { status, ask }] of Object.entries(kinds))
	test(`${kind} comes with the headers that keep a browser safe, and tells nothing of the inside`, async () => {
		const answer = await ask();
		const text = await answer.clone().text();
		expect(answer.status).toBe(status);
		const header = (name: string): string => answer.headers.get(name) ?? '';
		expect(header('x-content-type-options')).toBe('nosniff');
		const policy = new Map(
			header('content-security-policy')
				.split(';')
				.map((directive) => directive.trim().split(/\s+(.*)/s) as [string, string])
		);
		expect(policy.get('frame-ancestors')).toBe("'none'");
		expect(policy.get('default-src')).toBe("'none'");
		expect(policy.get('script-src') ?? '').not.toMatch(/unsafe|https?:|\*|data:/);
		if (policy.has('script-src')) {
			expect(policy.get('object-src')).toBe("'none'");
			expect(policy.get('base-uri')).toBe("'none'");
			expect(policy.get('script-src')).toMatch(/'nonce-/);
		}
		expect(header('x-frame-options')).toBe('DENY');
		expect(header('cross-origin-opener-policy')).toBe('same-origin');
		expect(header('cross-origin-resource-policy')).toBe('same-origin');
		expect(header('referrer-policy')).toMatch(/^(same-origin|no-referrer)$/);
		expect(answer.headers.has('access-control-allow-origin')).toBe(false);
		expect(answer.headers.has('access-control-allow-methods')).toBe(false);
		expect(answer.headers.has('x-powered-by')).toBe(false);
		// A body says what it is; text says in which letters (ASVS 5.0 4.1.1).
		if (text !== '') expect(header('content-type')).not.toBe('');
		if (/^text\/html/.test(header('content-type')))
			expect(header('content-type')).toMatch(/charset=utf-8/i);
		if (/text\/html|json/.test(header('content-type')))
			expect(header('cache-control')).toMatch(/no-store/);
		if (status >= 400) expect(text).not.toMatch(INSIDE);
	});

test('no medium is kept by a cache that others share', async () => {
	for (const path of [town.poster, `/media/captions/${town.lessonId}/zh-CN.vtt`]) {
		const answer = await town.callers.trainee.get(path);
		expect(answer.headers.get('cache-control')).toMatch(/^private/);
	}
});

/** Everything a page makes a browser fetch; links that a person follows are not among it. */
const FETCHED = /<(?:script|link|img|video|audio|source|track|iframe|form|object|embed)\b[^>]*>/g;

for (const role of ['visitor', ...ROLES] as const)
	test(`no page makes the browser of a ${role} ask another host for anything`, async () => {
		const own = ways().filter(
			({ kind, routeId }) =>
				kind === 'page' &&
				pass(
					role === 'visitor'
						? { type: 'visitor' }
						: { type: 'person', id: 'x', displayName: 'x', roles: [role] },
					doorOf(routeId)
				) === 'open'
		);
		expect(own.length).toBeGreaterThan(5);
		const foreign: string[] = [];
		for (const way of own) {
			const html = await (await town.callers[role].get(addressOf(way, town.params))).text();
			for (const [tag] of html.matchAll(FETCHED))
				for (const [, address = ''] of tag.matchAll(
					/\b(?:src|href|srcset|poster|action|data)="([^"]*)"/g
				))
					if (
						new URL(address, server.origin).origin !== server.origin &&
						!/^data:image/.test(address)
					)
						foreign.push(`${way.routeId}: ${tag}`);
			for (const [, address = ''] of html.matchAll(/url\(['"]?((?:https?:)?\/\/[^)'"]*)/g))
				foreign.push(`${way.routeId}: ${address}`);
			if (/<[^>]+\son\w+="/.test(html)) foreign.push(`${way.routeId}: an inline handler`);
			// A script of our own host (looked at above) needs no nonce; one written into the page does.
			for (const [tag] of html.matchAll(/<script(?![^>]*\b(?:nonce|src)=)[^>]*>/g))
				if (!/type="application\/(?:ld\+)?json"/.test(tag)) foreign.push(`${way.routeId}: ${tag}`);
		}
		expect(foreign).toEqual([]);
	});
