import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { type Actor, VISITOR } from '#lib/server/access/actor.ts';
import { doorOf, pass } from '#lib/server/access/doors.ts';
import { ROLES, type Role } from '#lib/domain/roles.ts';
import { type Server, startServer } from '../support/server.ts';
import type { Caller } from './caller.ts';
import { addressOf, type Way, ways } from './routes.ts';
import { aTown, everything, type Town } from './town.ts';

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

const actorOf = (role: Role | 'visitor'): Actor =>
	role === 'visitor' ? VISITOR : { type: 'person', id: 'x', displayName: 'x', roles: [role] };

const fileOf = (routeId: string): string =>
	routeId.includes('/covers/')
		? town.coverFile
		: routeId.includes('/captions/')
			? 'zh-CN.vtt'
			: routeId.includes('/works/')
				? 'photo.jpg'
				: 'poster.jpg';
const at = (way: Way): string => addressOf(way, { ...town.params, file: fileOf(way.routeId) });
const named = ({ method, routeId, query }: Way): string => `${method} ${routeId}${query}`;

/** What each form of ours asks for, all in one: whatever is refused is not refused for its form. */
const goodForm = () => ({
	placementId: town.params.placementId ?? '',
	lessonId: town.lessonId,
	revision: '1',
	id: town.params.submissionId ?? '',
	workId: town.params.workId ?? '',
	newId: randomUUID(),
	title: '改了',
	summary: '',
	skillField: 'baking',
	teachingMode: 'signed_at_source',
	direction: 'up',
	language: 'en',
	file: new File(['WEBVTT\n\n00:00.000 --> 00:01.000\n改了\n'], 'a.vtt')
});

/** As this app's own pages would ask. */
async function ask(caller: Caller, way: Way, headers: Record<string, string> = {}) {
	if (way.kind === 'action') return caller.submit(at(way), goodForm(), headers);
	const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(way.method);
	return caller.send(at(way), {
		method: way.method,
		headers: {
			accept: 'text/html',
			...(!isSafe && { origin: server.origin, 'sec-fetch-site': 'same-origin' }),
			...headers
		}
	});
}

test('the ways in are found, so that the tests below say something', () => {
	const found = ways();
	expect(found.filter(({ kind }) => kind === 'page').length).toBeGreaterThan(20);
	expect(found.filter(({ kind }) => kind === 'action').length).toBeGreaterThan(20);
	expect(found.filter(({ kind }) => kind === 'endpoint').length).toBeGreaterThan(8);
});

for (const role of ['visitor', ...ROLES] as const)
	test(`no page, action or endpoint answers a ${role} where the door is shut, and nothing changes`, async () => {
		const caller = town.callers[role];
		const before = await everything(town.db);
		const opened: string[] = [];
		const shut = ways().filter((way) => pass(actorOf(role), doorOf(way.routeId)) !== 'open');
		expect(shut.length).toBeGreaterThan(10);
		for (const way of shut) {
			const answer = await ask(caller, way);
			const isSentToSignIn =
				answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in?next=');
			const isRefused = isSentToSignIn || answer.status === 401 || answer.status === 403;
			if (!isRefused || (isSentToSignIn && role !== 'visitor'))
				opened.push(`${named(way)}: ${answer.status}`);
			// A page's data without its page, as its script asks for it.
			if (way.kind === 'page') {
				const data = await caller.get(`${at(way)}/__data.json`.replace('//', '/'));
				const text = await data.text();
				if (data.status === 200 && !/"type":"redirect","location":"\/sign-in/.test(text))
					opened.push(`data of ${named(way)}: ${text.slice(0, 100)}`);
			}
		}
		expect(opened).toEqual([]);
		expect(await everything(town.db)).toBe(before);
	});

for (const role of ['trainee', 'instructor'] as const)
	test(`another ${role} gets 404 for everything that is not hers, and changes nothing`, async () => {
		const group = role === 'trainee' ? '/(trainee)' : '/(instructor)';
		const own = ways().filter(
			({ routeId, kind }) =>
				(routeId.startsWith(`${group}/`) || (routeId.startsWith('/media/') && kind !== 'action')) &&
				routeId.includes('[')
		);
		expect(own.length).toBeGreaterThan(5);
		const before = await everything(town.db);
		const answers: string[] = [];
		for (const way of own) {
			const isJson = way.routeId.endsWith('/watched');
			const answer = isJson
				? await watch(town.strangers[role])
				: await ask(town.strangers[role], way);
			if (answer.status !== 404) answers.push(`${named(way)}: ${answer.status}`);
		}
		expect(answers).toEqual([]);
		expect(await everything(town.db)).toBe(before);
	});

const watched = { ranges: [[0, 1000]], positionMs: 1000, positionAt: '2026-11-23T00:00:00.000Z' };
const watch = (caller: Caller, body: unknown = watched) =>
	caller.send(`/learn/lessons/${town.lessonId}/watched`, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: {
			'content-type': 'application/json',
			origin: server.origin,
			'sec-fetch-site': 'same-origin'
		}
	});

test('those whose things they are do get in: the refusals above are not for everybody', async () => {
	const { trainee, instructor, staff } = town.callers;
	for (const [caller, path] of [
		[trainee, `/learn/lessons/${town.lessonId}`],
		[trainee, `/learn/certificates/${town.params.number}`],
		[trainee, town.poster],
		[trainee, town.attachment],
		[trainee, `/learn/lessons/${town.lessonId}/hand-in`],
		[trainee, `/media/works/${town.params.workId}/photo.jpg`],
		[instructor, `/media/works/${town.params.workId}/photo.jpg`],
		[instructor, `/teach/practice/${town.params.submissionId}`],
		[instructor, `/teach/classes/${town.params.classId}`],
		[instructor, `/teach/classes/${town.params.classId}/class.csv`],
		[instructor, `/teach/lessons/${town.lessonId}`],
		[instructor, `/teach/lessons/${town.lessonId}/tracks`],
		[staff, `/staff/classes/${town.params.classId}`],
		[staff, `/staff/graduates/${town.params.personId}`]
	] as const)
		expect(`${path} ${(await caller.get(path)).status}`).toBe(`${path} 200`);
	expect((await watch(trainee)).status).toBe(200);
});

const foreign: Record<string, Record<string, string>> = {
	'another site': { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
	'another site through an old browser': {
		origin: 'https://elsewhere.example',
		'sec-fetch-site': ''
	},
	'a neighbour on the same domain': { 'sec-fetch-site': 'same-site' },
	'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
	nowhere: { origin: '', 'sec-fetch-site': '' }
};
for (const [whence, headers] of Object.entries(foreign))
	test(`a request from ${whence} is refused by every action and endpoint, and changes nothing`, async () => {
		const before = await everything(town.db);
		const taken: string[] = [];
		const unsafe = ways().filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
		for (const way of unsafe) {
			const door = doorOf(way.routeId);
			const caller = town.callers[ROLES.find((role) => role === door) ?? 'trainee'];
			const answer = await ask(caller, way, headers);
			if (answer.status !== 403) taken.push(`${named(way)}: ${answer.status}`);
		}
		expect(taken).toEqual([]);
		expect(await everything(town.db)).toBe(before);
	});

test('an enrolled trainee does not see a lesson that was taken back, nor its media', async () => {
	const { trainee, instructor } = town.callers;
	await instructor.submit(`/teach/lessons/${town.lessonId}?/withdraw`);
	for (const path of [
		`/learn/lessons/${town.lessonId}`,
		town.poster,
		town.attachment,
		`/media/captions/${town.lessonId}/zh-CN.vtt`
	])
		expect(`${path} ${(await trainee.get(path)).status}`).toBe(`${path} 404`);
	expect((await watch(trainee)).status).toBe(404);
	await instructor.submit(`/teach/lessons/${town.lessonId}?/publish`);
	expect((await trainee.get(town.poster)).status).toBe(200);
});

test('paths that climb out of a folder lead nowhere', async () => {
	const base = `/media/${town.trackId}/${town.params.digest}`;
	for (const path of [
		`${base}/..%2f..%2f..%2foriginals%2f${town.trackId}`,
		`${base}/..%2fmanifest.json`,
		`${base}/%2e%2e%2fposter.jpg`,
		`${base}/..%5cposter.jpg`,
		`${base}/poster.jpg%00.mp4`,
		`${base}/.incoming%2fx.mp4`,
		`${base}/POSTER.JPG`,
		`${base}/manifest.json`,
		`/media/${town.trackId}/..%2fx/poster.jpg`,
		`/media/..%2f..%2fyun-wusheng.sqlite/x/x.mp4`,
		`/media/covers/${town.courseId}/..%2f..%2fx.webp`,
		`/media/captions/${town.lessonId}/..%2fzh-CN.vtt`,
		`/media/attachments/${town.lessonId}/..%2f..%2fyun-wusheng.sqlite`,
		'/..%2f..%2fpackage.json',
		'/_app/..%2f..%2fhandler.js'
	]) {
		const answer = await town.callers.instructor.get(path);
		expect(`${path} ${answer.status}`).toBe(`${path} 404`);
	}
});
