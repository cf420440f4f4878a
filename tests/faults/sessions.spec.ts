import { expect, test } from '@playwright/test';
import * as classes from '#lib/server/classes/classes.ts';
import { type Server, startServer } from '../support/server.ts';
import { callerAt } from './caller.ts';
import { aTown, PASSWORD, type Town } from './town.ts';

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
test.beforeEach(() => town.db.deleteFrom('rate_limit').execute());

const right = { signInName: 'xiaoyun', password: PASSWORD };
const wrong = { ...right, password: 'not this one' };
const visitor = () => callerAt(server.origin);
const isSignedIn = async (caller: ReturnType<typeof visitor>): Promise<boolean> =>
	(await caller.get('/learn')).status === 200;

test('the session cookie is out of reach of scripts and of other sites', async () => {
	const answer = await visitor().submit('/sign-in', right);
	const [cookie = '', ...others] = answer.headers.getSetCookie();
	expect(others).toEqual([]);
	expect(cookie).toMatch(/^session=[a-z0-9]{32,};/);
	expect(cookie).toMatch(/; HttpOnly(;|$)/);
	expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
	expect(cookie).toMatch(/; Path=\/(;|$)/);
	expect(cookie).not.toMatch(/Domain/i);
});

test('over https the cookie is bound to the host and to https, and so is the site', async () => {
	const origin = 'https://yun.example';
	const behindTls = await startServer({ ORIGIN: origin, WORKER: 'separate' });
	const { db } = await aTown(behindTls);
	await db.destroy();
	try {
		const caller = callerAt(behindTls.origin);
		const answer = await caller.submit('/sign-in', right, { origin });
		expect(answer.status).toBe(303);
		expect(answer.headers.getSetCookie()).toHaveLength(1);
		expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=.*; Path=\/; .*Secure/);
		expect((await caller.get('/learn')).status).toBe(200);
		// The name without the promise is not believed: a neighbour domain could have set it.
		const secret = caller.cookies.get('__Host-session') ?? '';
		expect((await callerAt(behindTls.origin, secret).get('/learn')).status).toBe(303);
		for (const path of ['/', '/icon.svg', '/health'])
			expect((await caller.get(path)).headers.get('strict-transport-security')).toMatch(
				/^max-age=\d{8,}; includeSubDomains$/
			);
	} finally {
		await behindTls.remove();
	}
});

test('signing in makes a new secret, and the one before it ends', async () => {
	const planted = 'a'.repeat(40);
	const victim = callerAt(server.origin, planted);
	await victim.submit('/sign-in', right);
	const first = victim.cookies.get('session') ?? '';
	expect(first).not.toBe(planted);
	expect(await isSignedIn(callerAt(server.origin, planted))).toBe(false);
	await victim.submit('/sign-in', right);
	expect(victim.cookies.get('session')).not.toBe(first);
	expect(await isSignedIn(callerAt(server.origin, first))).toBe(false);
	expect(await isSignedIn(victim)).toBe(true);
});

test('signing out ends pages and media at once, and the browser is told to forget', async () => {
	const caller = visitor();
	await caller.submit('/sign-in', right);
	const secret = caller.cookies.get('session') ?? '';
	const kept = callerAt(server.origin, secret);
	expect((await kept.get(town.poster)).status).toBe(200);
	const answer = await caller.submit('/sign-out');
	expect(answer.status).toBe(303);
	expect(answer.headers.get('clear-site-data')).toContain('"cache"');
	expect(caller.cookies.has('session')).toBe(false);
	expect((await kept.get(town.poster)).status).toBe(303);
	expect(await isSignedIn(kept)).toBe(false);
});

test('a visit alone signs nobody out: only our own form does', async () => {
	const caller = visitor();
	await caller.submit('/sign-in', right);
	expect((await caller.get('/sign-out')).status).toBe(405);
	expect(await isSignedIn(caller)).toBe(true);
});

const elsewhere = [
	'//elsewhere.example',
	'///elsewhere.example',
	'/\\elsewhere.example',
	'\\\\elsewhere.example',
	'/.//elsewhere.example',
	'/x/..//elsewhere.example',
	'/%2e//elsewhere.example',
	'/./\\elsewhere.example',
	'/\t/elsewhere.example',
	'/\n/elsewhere.example',
	'https://elsewhere.example',
	'https:elsewhere.example',
	'javascript:alert(1)',
	'data:text/html,x',
	' //elsewhere.example',
	'@elsewhere.example',
	'/\r\nlocation: https://elsewhere.example'
];
for (const next of elsewhere)
	test(`after signing in, ${JSON.stringify(next)} leads to no other site`, async () => {
		const caller = visitor();
		const there = `/sign-in?next=${encodeURIComponent(next)}`;
		const language = await visitor().submit('/preferences', { language: 'en', next });
		for (const answer of [await caller.submit(there, right), await caller.get(there), language]) {
			expect(answer.status).toBe(303);
			const location = answer.headers.get('location') ?? '';
			expect(new URL(location, server.origin).origin).toBe(server.origin);
			expect(location).toMatch(/^\/(?![/\\])/);
		}
	});

test('a door sends the visitor on to where he wanted to go', async () => {
	const caller = visitor();
	const door = await caller.get(`/learn/lessons/${town.lessonId}?a=b`);
	const answer = await caller.submit(door.headers.get('location') ?? '', right);
	expect(answer.headers.get('location')).toBe(`/learn/lessons/${town.lessonId}?a=b`);
});

test('after 10 wrong passwords the right one must wait as well, and the page says how long', async () => {
	const caller = visitor();
	for (let n = 0; n < 10; n++) expect((await caller.submit('/sign-in', wrong)).status).toBe(400);
	const answer = await caller.submit('/sign-in', right);
	expect(answer.status).toBe(429);
	expect(await answer.text()).toContain('15');
	expect(caller.cookies.has('session')).toBe(false);
	// Somebody else signs in all the same.
	expect((await visitor().submit('/sign-in', { ...wrong, signInName: 'another' })).status).toBe(
		400
	);
});

test('a wrong name and a wrong password are told apart by nobody', async () => {
	const pages = await Promise.all(
		[wrong, { ...wrong, signInName: 'nobody9' }].map(async (form) => {
			const answer = await visitor().submit('/sign-in', form);
			const text = await answer.text();
			return `${answer.status} ${text
				.replaceAll(/nonce[-=]"?[^"' ]+/g, '')
				.replaceAll(/xiaoyun|nobody9/g, '')
				.replaceAll(/__sveltekit_\w+/g, '')}`;
		})
	);
	expect(pages[1]).toBe(pages[0]);
});

test('no page gives a password back', async () => {
	const answer = await visitor().submit('/sign-in', wrong);
	expect(await answer.text()).not.toContain(wrong.password);
});

test('a class code cannot be found by guessing: 20 wrong ones, then not even the right one', async () => {
	const guesser = visitor();
	for (let n = 0; n < 20; n++)
		expect((await guesser.get(`/join/2345678${'23456789ABCDEFGHJKMN'[n]}`)).status).toBe(400);
	expect((await guesser.get(`/join/${town.params.code}`)).status).toBe(429);
	expect((await guesser.submit('/join', { code: town.params.code ?? '' })).status).toBe(429);
});

test('an address that the asker writes himself is not believed: guessing does not begin anew', async () => {
	const guess = (n: number) =>
		visitor().get(`/join/2345678${'23456789ABCDEFGHJKMNP'[n]}`, {
			'x-forwarded-for': `203.0.113.${n}`,
			'x-real-ip': `203.0.113.${n}`,
			forwarded: `for=203.0.113.${n}`
		});
	for (let n = 0; n < 20; n++) expect((await guess(n)).status).toBe(400);
	expect((await guess(20)).status).toBe(429);
});

test('a class of 30 joins from the one address of its classroom', async () => {
	test.setTimeout(60_000);
	for (let n = 0; n < 30; n++) {
		const trainee = visitor();
		await trainee.submit('/join', { code: town.params.code ?? '' });
		await trainee.get(`/join/${town.params.code}`);
		const joined = await trainee.submit(`/join/${town.params.code}?/register`, {
			displayName: '同学',
			signInName: `tongxue${n}`,
			password: PASSWORD
		});
		expect(joined.headers.get('location')).toBe('/learn');
	}
	const { trainees } = await classes.forRunning(
		town.db,
		town.people.staff,
		town.params.classId ?? ''
	);
	expect(trainees).toHaveLength(31);
});

test('an invitation works once, and its address is told to no other site', async () => {
	const path = `/invitations/${town.params.token}`;
	const caller = visitor();
	expect((await caller.get(path)).headers.get('referrer-policy')).toBe('same-origin');
	const form = { displayName: '讲师', signInName: 'jiangshi2', password: PASSWORD };
	expect((await caller.submit(path, form)).headers.get('location')).toBe('/teach');
	const second = { ...form, signInName: 'jiangshi3' };
	expect((await visitor().submit(path, second)).status).toBe(404);
	expect((await visitor().get(path)).status).toBe(404);
});
