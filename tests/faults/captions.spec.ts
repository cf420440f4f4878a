import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { asGb18030, asUtf16, srt, webVtt } from '../support/captions.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';
import { aLessonToFill, everything } from './town.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer({ WORKER: 'separate' });
});
test.afterAll(() => server.remove());

type Lesson = Awaited<ReturnType<typeof aLessonToFill>>;
/** Sends a file, and takes it as it is shown, if it is shown. */
async function send(lesson: Lesson, bytes: Buffer, fileName = '字幕.srt') {
	const { teacher, lessonId } = lesson;
	const before = await everything(lesson.db);
	const answer = await teacher.submit(`/teach/lessons/${lessonId}?/captions`, {
		language: 'zh-CN',
		file: new File([new Uint8Array(bytes)], fileName)
	});
	if (answer.status !== 200) return answer;
	expect(await everything(lesson.db)).toBe(before);
	const html = await answer.text();
	const [, encoding = ''] = /name="encoding"[^>]*?value="([^"]+)"/.exec(html) ?? [];
	const held = bytes.toString('base64');
	expect(html).toContain(`value="${held}"`);
	return take(lesson, { fileName, encoding, bytes: held });
}
const take = (
	{ teacher, lessonId }: Lesson,
	input: { fileName: string; encoding: string; bytes: string }
) => teacher.submit(`/teach/lessons/${lessonId}?/takeCaptions`, { language: 'zh-CN', ...input });
const kept = ({ teacher, lessonId }: Lesson) =>
	teacher.get(`/media/captions/${lessonId}/zh-CN.vtt`);
const many = (count: number): Buffer =>
	Buffer.from(
		Array.from({ length: count }, (_, n) => {
			const time = (ms: number) => new Date(ms).toISOString().slice(11, 23);
			return `${time(n * 100)} --> ${time(n * 100 + 90)}\n和\n`;
		}).reduce((text, cue) => `${text}\n${cue}`, 'WEBVTT\n')
	);

const cue = (text: string): Buffer =>
	Buffer.from(`WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n${text}\n`);
const refused: Record<string, { bytes: () => Buffer; says: () => string }> = {
	'a broken time': {
		bytes: () => Buffer.from('1\n00:00:01,000 --> 0:x\n揉面\n'),
		says: () => say('problem_captions_badTiming', { line: 2 })
	},
	'an end before its start': {
		bytes: () => Buffer.from('WEBVTT\n\n00:00:05.000 --> 00:00:02.000\n揉面\n'),
		says: () => say('problem_captions_endBeforeStart', { line: 3 })
	},
	'a script': {
		bytes: () => cue('<script>alert(1)</script>'),
		says: () => say('problem_captions_forbiddenMarkup', { line: 4 })
	},
	'a picture with a handler': {
		bytes: () => cue('<img src=x onerror=alert(1)>'),
		says: () => say('problem_captions_forbiddenMarkup', { line: 4 })
	},
	'a style that fetches': {
		bytes: () =>
			Buffer.from(
				'WEBVTT\n\nSTYLE\n::cue { background: url(https://elsewhere.example/x) }\n\n00:01.000 --> 00:02.000\n揉面\n'
			),
		says: () => say('problem_captions_forbiddenStyle', { line: 3 })
	},
	'100,000 captions': {
		bytes: () => many(100_000),
		says: () => say('problem_captions_tooLarge')
	},
	'20,001 captions in less than 1 MB': {
		bytes: () => many(20_001),
		says: () => say('problem_captions_tooManyCues')
	},
	'nothing in the file': {
		bytes: () => Buffer.alloc(0),
		says: () => say('problem_captions_empty')
	},
	'a picture': {
		bytes: () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
		says: () => say('problem_captions_notCaptions')
	}
};

for (const [what, { bytes, says }] of Object.entries(refused))
	test(`${what} in a caption file is refused in clear words, and what was there stays`, async () => {
		const lesson = await aLessonToFill(server);
		expect((await send(lesson, Buffer.from(webVtt(['先洗手'])))).status).toBe(200);
		const before = await everything(lesson.db);
		const startedAt = Date.now();
		const answer = await send(lesson, bytes());
		expect(Date.now() - startedAt).toBeLessThan(10_000);
		expect(answer.status).toBe(400);
		const html = await answer.text();
		expect(html.replaceAll('&gt;', '>')).toContain(says());
		expect(html).not.toMatch(/<script>alert|onerror=alert/);
		expect(await everything(lesson.db)).toBe(before);
		expect(await (await kept(lesson)).text()).toContain('先洗手');
		await lesson.db.destroy();
	});

const taken: Record<string, { bytes: () => Buffer; holds: string }> = {
	'UTF-16 as Windows saves it': { bytes: () => asUtf16(srt(['揉面', '醒面'])), holds: '醒面' },
	GB18030: { bytes: () => asGb18030(srt(['面', '馅饼'])), holds: '馅饼' },
	'UTF-8 with its mark': { bytes: () => Buffer.from(`\ufeff${webVtt(['脱模'])}`), holds: '脱模' }
};
for (const [encoding, { bytes, holds }] of Object.entries(taken))
	test(`captions in ${encoding} are taken and served as UTF-8`, async () => {
		const lesson = await aLessonToFill(server);
		expect((await send(lesson, bytes())).status).toBe(200);
		const answer = await kept(lesson);
		expect(answer.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
		expect(await answer.text()).toContain(holds);
		await lesson.db.destroy();
	});

test('what comes back from the look is held to the same rules, and to an encoding there is', async () => {
	const lesson = await aLessonToFill(server);
	const before = await everything(lesson.db);
	const fileName = 'a.vtt';
	const good = cue('揉面').toString('base64');
	for (const input of [
		{ fileName, encoding: 'utf-7', bytes: good },
		{ fileName, encoding: 'utf-8', bytes: 'no base64!' },
		{ fileName, encoding: 'utf-8', bytes: '' },
		{ fileName, encoding: 'utf-8', bytes: cue('<script>alert(1)</script>').toString('base64') }
	]) {
		const answer = await take(lesson, input);
		expect(answer.status).toBe(400);
		expect(await answer.text()).not.toMatch(/<script>alert/);
	}
	expect(await everything(lesson.db)).toBe(before);
	await lesson.db.destroy();
});

test('a text that looks like markup is shown as the text it is', async () => {
	const lesson = await aLessonToFill(server);
	await send(lesson, cue('烤到 &lt;180℃&gt; &amp;lt;b'));
	expect(await (await kept(lesson)).text()).toMatch(/&lt;180℃/);
	const page = await (
		await lesson.teacher.get(`/teach/lessons/${lesson.lessonId}/captions/zh-CN`)
	).text();
	expect(page).toContain('烤到 &lt;180℃');
	await lesson.db.destroy();
});

test('a cover that is no picture, or a drawing with a script, is refused and stored nowhere', async () => {
	const lesson = await aLessonToFill(server);
	const fields = { title: '月饼', summary: '', skillField: 'baking' };
	const drawing =
		'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"><script>alert(1)</script></svg>';
	const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
	const before = await everything(lesson.db);
	for (const bytes of [Buffer.from(drawing), Buffer.from('no picture'), gif]) {
		const answer = await lesson.teacher.submit(`/teach/courses/${lesson.courseId}/edit`, {
			...fields,
			cover: new File([new Uint8Array(bytes)], 'cover.png', { type: 'image/png' })
		});
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain(say('problem_not_a_picture'));
	}
	expect(await everything(lesson.db)).toBe(before);
	const picture = await readFile('src/setup/demo/cover.webp');
	const taken = await lesson.teacher.submit(`/teach/courses/${lesson.courseId}/edit`, {
		...fields,
		cover: new File([new Uint8Array(picture)], 'cover.webp')
	});
	expect(taken.status).toBe(303);
	await lesson.db.destroy();
});
