/** Archives made to do harm, sent as an instructor's page sends them: refused, and nothing is left. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { aCourseOf, archiveOf, documentEntry, FILM } from '../support/archived.ts';
import * as films from '../support/films.ts';
import { aPerson } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';
import { zipOf } from '../support/zip.ts';
import type { Caller } from './caller.ts';
import { databaseOf, signedIn } from './town.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
let teacher: Caller;
let film: Buffer;
test.beforeAll(async () => {
	film = await readFile(await films.demonstration(2));
	server = await startServer();
	db = databaseOf(server);
	teacher = await signedIn(db, server, await aPerson(db, 'instructor'));
});
test.afterAll(async () => {
	await db.destroy();
	await server.remove();
});

const course = () => aCourseOf(film);
/** The document, with something in it changed. */
const changed = (change: (document: ReturnType<typeof course>['document']) => unknown) => {
	const { document, files } = course();
	return archiveOf({ document: change(document) ?? document, files });
};
const beside = (name: string, mode?: number) =>
	archiveOf(course(), [{ name, data: Buffer.from('x'), ...(mode && { mode }) }]);
const MANY = 25_000;
const BOMB_BYTES = 60 * 1024 * 1024;

const hostile: Record<string, { bytes: () => Buffer; code: string }> = {
	'that is no ZIP': { bytes: () => Buffer.from('月饼'.repeat(100)), code: 'archive_not_zip' },
	'that is cut off': {
		bytes: () => archiveOf(course()).subarray(0, 3000),
		code: 'archive_not_zip'
	},
	'without a course': {
		bytes: () => zipOf([{ name: 'photo.jpg', data: Buffer.from('x') }]),
		code: 'archive_not_course'
	},
	'that climbs out of its folder': { bytes: () => beside('../evil.txt'), code: 'archive_entry' },
	'that climbs in the middle': { bytes: () => beside('a/../../evil'), code: 'archive_entry' },
	'with an absolute path': { bytes: () => beside('/etc/cron.d/evil'), code: 'archive_entry' },
	'with a path of Windows': { bytes: () => beside('C:\\evil.txt'), code: 'archive_entry' },
	'with a symbolic link': { bytes: () => beside('link', 0o120777), code: 'archive_entry' },
	'with a file nobody named': { bytes: () => beside('extra.html'), code: 'archive_entry' },
	'with one name twice': { bytes: () => beside(FILM), code: 'archive_twice' },
	'with one name in two cases': { bytes: () => beside(FILM.toUpperCase()), code: 'archive_twice' },
	'that is encrypted': {
		bytes: () => archiveOf(course(), [{ name: 'e', data: Buffer.from('x'), flags: 1 }]),
		code: 'archive_entry'
	},
	'that unpacks to very much': {
		bytes: () =>
			archiveOf(course(), [{ name: 'b', data: Buffer.alloc(BOMB_BYTES), isPacked: true }]),
		code: 'archive_bomb'
	},
	'whose entries share their bytes': {
		bytes: () =>
			archiveOf(course(), [
				{ name: 'one', data: Buffer.alloc(5000, 1) },
				{ name: 'two', data: Buffer.alloc(5000, 1), isShared: true }
			]),
		code: 'archive_bomb'
	},
	'with very many files': {
		bytes: () =>
			zipOf(
				Array.from({ length: MANY }, (_, index) => ({ name: `f${index}`, data: Buffer.alloc(0) }))
			),
		code: 'archive_too_many'
	},
	'that says there are more files than there are': {
		bytes: () => zipOf([documentEntry(course().document)], 7),
		code: 'archive_damaged'
	},
	'whose document is no JSON': {
		bytes: () => archiveOf({ ...course(), document: '{"format":' }),
		code: 'archive_document'
	},
	'whose document is of another kind': {
		bytes: () => changed(() => ({ format: 'else', version: 1 })),
		code: 'archive_not_course'
	},
	'of a newer version': {
		bytes: () => changed((document) => ({ ...document, version: 2 })),
		code: 'archive_newer'
	},
	'with steps one over the other': {
		bytes: () =>
			changed(({ lessons: [lesson] }) => {
				lesson?.steps.push(
					{ title: 'a', startMs: 0, endMs: 900, note: '' },
					{ title: 'b', startMs: 500, endMs: 900, note: '' }
				);
			}),
		code: 'archive_document'
	},
	'whose document climbs out of it': {
		bytes: () =>
			changed(({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.path = '../../yun-wusheng.sqlite';
			}),
		code: 'archive_document'
	},
	'in which a file is missing': {
		bytes: () =>
			changed(({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.path = 'lessons/001/other.mp4';
			}),
		code: 'archive_missing'
	},
	'in which a file has another size': {
		bytes: () =>
			changed(({ lessons: [lesson] }) => {
				if (lesson?.demonstration) lesson.demonstration.file.sizeBytes += 1;
			}),
		code: 'archive_damaged'
	},
	'in which a film is another one': {
		bytes: () => {
			const { document, files } = course();
			return archiveOf({ document, files: { ...files, [FILM]: Buffer.alloc(film.length, 7) } });
		},
		code: 'archive_damaged'
	},
	'that lies about a size': {
		bytes: () => {
			const { document, files } = course();
			const { [FILM]: _, ...others } = files;
			const lying = { name: FILM, data: Buffer.alloc(film.length + 9e5), saysBytes: film.length };
			return archiveOf({ document, files: others }, [{ ...lying, isPacked: true }]);
		},
		code: 'archive_damaged'
	},
	'whose film is no film': {
		bytes: () => archiveOf(aCourseOf(Buffer.from('<script>alert(1)</script>'.repeat(99)))),
		code: 'archive_film'
	},
	'whose film is a playlist of files here': {
		bytes: () => archiveOf(aCourseOf(Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'))),
		code: 'archive_film'
	},
	'with captions that bear a script': {
		bytes: () => {
			const text = 'WEBVTT\n\n00:00.000 --> 00:01.000\n<script>alert(1)</script>\n';
			return archiveOf(aCourseOf(film, text));
		},
		code: 'archive_captions'
	},
	'whose cover is a page': {
		bytes: () => {
			const page = aCourseOf(Buffer.from('<svg onload="alert(1)"/>'.repeat(9)));
			const { document, files } = course();
			const cover = page.document.lessons[0]?.demonstration?.file;
			if (cover) document.course.cover = { ...cover, path: 'cover.webp' };
			const bytes = page.files[FILM] ?? Buffer.alloc(0);
			return archiveOf({ document, files: { ...files, 'cover.webp': bytes } });
		},
		code: 'archive_cover'
	}
};

/** The protocol by hand (tests/faults/tus.ts is for videos). */
async function send(bytes: Buffer): Promise<string> {
	const ours = { 'tus-resumable': '1.0.0', 'sec-fetch-site': 'same-origin' };
	const filename = Buffer.from('课程.zip').toString('base64');
	const created = await teacher.send('/archives', {
		method: 'POST',
		headers: {
			...ours,
			'upload-length': String(bytes.length),
			'upload-metadata': `filename ${filename}`
		}
	});
	expect(created.status).toBe(201);
	const location = created.headers.get('location') ?? '';
	const CHUNK = 5 * 1024 * 1024;
	for (let offset = 0; offset < bytes.length; offset += CHUNK) {
		const answer = await teacher.send(location, {
			method: 'PATCH',
			body: new Uint8Array(bytes.subarray(offset, offset + CHUNK)),
			headers: {
				...ours,
				'content-type': 'application/offset+octet-stream',
				'upload-offset': String(offset)
			}
		});
		expect(answer.status).toBe(204);
	}
	return location.split('/').at(-1) ?? '';
}

async function outcomeOf(id: string) {
	const isOver = (state: string | undefined) => state === 'done' || state === 'failed';
	const row = () =>
		db.selectFrom('course_import').selectAll().where('id', '=', id).executeTakeFirst();
	await expect.poll(async () => isOver((await row())?.state), { timeout: 60_000 }).toBe(true);
	return row();
}

/** Files of media and of what arrives; the courses there are. */
const left = async () => ({
	media: readdirSync(join(server.dataFolder, 'media'), { recursive: true })
		.map(String)
		.filter((name) => /[0-9a-f]{20}/.test(name) && !name.startsWith('.')),
	archives: readdirSync(join(server.dataFolder, 'archives')),
	courses: await db.selectFrom('course').select('id').execute(),
	tracks: await db.selectFrom('track').select('id').execute()
});
const exists = () => join(server.dataFolder, 'media');

for (const [what, { bytes, code }] of Object.entries(hostile))
	test(`an archive ${what} is refused with its reason, and leaves nothing`, async () => {
		const before = readdirSync(server.dataFolder).includes('media') ? await left() : undefined;
		const outcome = await outcomeOf(await send(bytes()));
		expect(outcome).toMatchObject({ state: 'failed', course_id: null });
		expect((JSON.parse(outcome?.problem ?? '{}') as { code: string }).code).toBe(code);
		expect(exists()).toBeTruthy();
		if (readdirSync(server.dataFolder).includes('media')) {
			const after = await left();
			expect(after).toEqual(before ?? { media: [], archives: [], courses: [], tracks: [] });
		}
	});

test('the same course unspoiled is taken: the refusals above are not for everybody', async () => {
	expect(await outcomeOf(await send(archiveOf(course())))).toMatchObject({ state: 'done' });
	const page = await (await teacher.get('/teach/import')).text();
	expect(page).toContain(say('exchange_import_done'));
	expect(page).toContain(say('exchange_import_failed'));
});

test('whoever is no instructor sends no archive, and gets none of another', async () => {
	const stranger = await signedIn(db, server, await aPerson(db, 'instructor'));
	const trainee = await signedIn(db, server, await aPerson(db, 'trainee'));
	const [course] = await db.selectFrom('course').select('id').execute();
	expect((await stranger.get(`/teach/courses/${course?.id}/archive`)).status).toBe(404);
	const headers = {
		'tus-resumable': '1.0.0',
		'sec-fetch-site': 'same-origin',
		'upload-length': '9'
	};
	expect((await trainee.send('/archives', { method: 'POST', headers })).status).toBe(403);
	const [mine] = await db.selectFrom('course_import').select('id').execute();
	const asked = await stranger.send(`/archives/${mine?.id}`, { method: 'HEAD', headers });
	expect(asked.status).toBe(404);
});
