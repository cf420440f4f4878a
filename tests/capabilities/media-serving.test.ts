import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Actor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { rangeOf, serve } from '#lib/server/media/serve.ts';
import { forStreaming } from '#lib/server/media/streaming.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import {
	aClass,
	aCourseWithLesson,
	anEnrolledTrainee,
	anInstructor,
	aPublishedLesson,
	aReadyTrack,
	aStaffMember,
	aTrainee,
	DIGEST,
	withdraw
} from '../support/people.ts';

const SIZE = 1000;

describe('the bytes asked for (RFC 9110 section 14)', () => {
	test.each<[header: string | null, answer: string]>([
		[null, 'whole'],
		['', 'whole'],
		['bytes=0-0', '0-0'],
		['bytes=0-', '0-999'],
		['bytes=0-499', '0-499'],
		['bytes=500-999', '500-999'],
		['bytes=500-', '500-999'],
		['bytes=999-999', '999-999'],
		['bytes=990-5000', '990-999'],
		[' bytes=0-1 ', '0-1'],
		// The last bytes
		['bytes=-1', '999-999'],
		['bytes=-500', '500-999'],
		['bytes=-1000', '0-999'],
		['bytes=-5000', '0-999'],
		// None of them is there
		['bytes=1000-', 'unsatisfiable'],
		['bytes=1000-2000', 'unsatisfiable'],
		['bytes=99999999999999999999-', 'unsatisfiable'],
		['bytes=-0', 'unsatisfiable'],
		// No range at all: ignored
		['bytes=', 'whole'],
		['bytes=-', 'whole'],
		['bytes=5-4', 'whole'],
		['bytes=a-b', 'whole'],
		['bytes=0x0-0x5', 'whole'],
		['bytes=1.5-3', 'whole'],
		['bytes=--5', 'whole'],
		['bytes 0-5', 'whole'],
		['seconds=0-5', 'whole'],
		// Several: we may answer with the whole
		['bytes=0-1,5-6', 'whole'],
		['bytes=0-1, -1', 'whole']
	])('%j of 1000 bytes is %s', (header, answer) => {
		const range = rangeOf(header, SIZE);
		expect(typeof range === 'object' ? `${range.start}-${range.end}` : (range ?? 'whole')).toBe(
			answer
		);
	});

	test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('%s of an empty file is nothing', (header) => {
		expect(rangeOf(header, 0)).toBe('unsatisfiable');
	});
});

describe('a stored file', () => {
	const folder = inFolder();
	const bytes = Uint8Array.from({ length: SIZE }, (_, index) => index % 251);
	let storage: Storage;
	beforeAll(async () => {
		storage = diskStorage(folder());
		for (const name of ['a.mp4', 'a.m3u8', 'a.vtt', 'a.jpg', 'a.json', 'a.html', 'a.constructor'])
			await storage.put(`renditions/t/d/${name}`, bytes);
		await storage.put('renditions/t/d/empty.vtt', new Uint8Array());
	});
	const ask = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
		serve(
			storage,
			`renditions/t/d/${name}`,
			new Request('http://127.0.0.1/media', { method, headers })
		);
	const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

	test('comes whole, with its length and type, for this browser to keep', async () => {
		const response = await ask('a.mp4');
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'video/mp4',
			'content-length': '1000',
			'accept-ranges': 'bytes',
			'cache-control': 'private, max-age=31536000, immutable',
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'same-origin'
		});
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(response.headers.has('content-range')).toBe(false);
		expect(await bodyOf(response)).toEqual(bytes);
	});

	test.each([
		['a.m3u8', 'application/vnd.apple.mpegurl'],
		['a.vtt', 'text/vtt; charset=utf-8'],
		['a.jpg', 'image/jpeg']
	])('%s is %s', async (name, type) => {
		expect((await ask(name)).headers.get('content-type')).toBe(type);
	});

	test('comes in the part asked for', async () => {
		const response = await ask('a.mp4', { range: 'bytes=100-299' });
		expect(response.status).toBe(206);
		expect(response.headers.get('content-range')).toBe('bytes 100-299/1000');
		expect(response.headers.get('content-length')).toBe('200');
		expect(await bodyOf(response)).toEqual(bytes.slice(100, 300));
	});

	test('comes to its last byte when more is asked for', async () => {
		const response = await ask('a.mp4', { range: 'bytes=-50' });
		expect(response.headers.get('content-range')).toBe('bytes 950-999/1000');
		expect(await bodyOf(response)).toEqual(bytes.slice(950));
	});

	test('says how long it is when nothing of what is asked for is there', async () => {
		const response = await ask('a.mp4', { range: 'bytes=1000-' });
		expect(response.status).toBe(416);
		expect(response.headers.get('content-range')).toBe('bytes */1000');
		expect(await bodyOf(response)).toHaveLength(0);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	});

	test('answers HEAD as GET of the whole, without a body', async () => {
		for (const range of ['', 'bytes=0-9', 'bytes=5000-']) {
			const response = await ask('a.mp4', { range }, 'HEAD');
			expect(response.status).toBe(200);
			expect(response.headers.get('content-length')).toBe('1000');
			expect(response.headers.has('content-range')).toBe(false);
			expect(await bodyOf(response)).toHaveLength(0);
		}
	});

	test('may be empty', async () => {
		const response = await ask('empty.vtt');
		expect(response.status).toBe(200);
		expect(response.headers.get('content-length')).toBe('0');
		expect(await bodyOf(response)).toHaveLength(0);
	});

	test.each(['a.json', 'a.html', 'a.constructor', 'mp4', 'missing.mp4', ''])(
		'named %j is not given out',
		async (name) => {
			await expect(ask(name)).rejects.toBeInstanceOf(NotFound);
		}
	);

	test.each([
		'../../../originals/t.mp4',
		'..%2f..%2fa.mp4',
		'..\\a.mp4',
		'/etc/passwd.mp4',
		'.hidden.mp4',
		'a.mp4/../a.mp4',
		'a\u0000.mp4',
		'A.MP4.mp4',
		`${'x'.repeat(600)}.mp4`,
		'月饼.mp4'
	])('under a hostile name (%j) is not there', async (name) => {
		await expect(ask(name)).rejects.toBeInstanceOf(NotFound);
	});
});

onBothDatabases('streaming', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const mayStream = (actor: Actor, trackId: string, digest = DIGEST) =>
		forStreaming(db, actor, trackId, digest, 'master.m3u8').then(
			(key) => key === `renditions/${trackId}/${digest}/master.m3u8`,
			(error: unknown) => {
				expect(error).toBeInstanceOf(NotFound);
				return false;
			}
		);

	test('is for the class, the course’s instructors and staff; for the class only while published', async () => {
		const taught = await aPublishedLesson(db);
		const { trackId, courseId, instructor } = taught;
		const elsewhere = await aPublishedLesson(db);
		const people: Record<string, [actor: Actor, published: boolean, withdrawn: boolean]> = {
			enrolled: [await anEnrolledTrainee(db, courseId), true, false],
			'enrolled elsewhere': [await anEnrolledTrainee(db, elsewhere.courseId), false, false],
			'not enrolled': [await aTrainee(db), false, false],
			instructor: [instructor, true, true],
			'another instructor': [await anInstructor(db), false, false],
			staff: [await aStaffMember(db), true, true],
			visitor: [VISITOR, false, false],
			system: [SYSTEM, false, false]
		};
		const answers = async () =>
			Object.fromEntries(
				await Promise.all(
					Object.entries(people).map(
						async ([who, [actor]]) => [who, await mayStream(actor, trackId)] as const
					)
				)
			);
		const expected = (column: 1 | 2) =>
			Object.fromEntries(Object.entries(people).map(([who, row]) => [who, row[column]]));
		expect(await answers()).toEqual(expected(1));
		await withdraw(db, taught);
		expect(await answers()).toEqual(expected(2));
	});

	test('ends with the role: who is no instructor any more sees nothing', async () => {
		const { trackId, instructor } = await aPublishedLesson(db);
		expect(await mayStream({ ...instructor, roles: [] }, trackId)).toBe(false);
		expect(await mayStream({ ...instructor, roles: ['trainee'] }, trackId)).toBe(false);
	});

	test('knows a rendition by its own name only', async () => {
		const { trackId, instructor } = await aPublishedLesson(db);
		expect(await mayStream(instructor, trackId, DIGEST.replace('0', '1'))).toBe(false);
		expect(await mayStream(instructor, newId())).toBe(false);
		const waiting = await aCourseWithLesson(db);
		const id = await aReadyTrack(db, waiting);
		await db
			.updateTable('track')
			.set({ state: 'waiting', digest: null })
			.where('id', '=', id)
			.execute();
		expect(await mayStream(waiting.instructor, id, 'null')).toBe(false);
	});

	test('gives one answer to who learns in two classes of the course', async () => {
		const { trackId, courseId } = await aPublishedLesson(db);
		const trainee = await anEnrolledTrainee(db, courseId);
		const { classId } = await aClass(db, courseId);
		await classes.join(db, trainee, classId);
		expect(await mayStream(trainee, trackId)).toBe(true);
	});
});
