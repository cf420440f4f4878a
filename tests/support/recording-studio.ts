/** A lesson waiting for its signing, on a running server, and its instructor in a browser. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { TrackKind } from '#lib/domain/lessons.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { newId } from '#lib/server/ids.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { findBrowser } from '../../src/setup/browser.mjs';
import { databaseOf, untilTrack } from '../faults/town.ts';
import * as films from './films.ts';
import { addLesson, aCourse, aReadyTrack, type Taught } from './people.ts';
import type { Server } from './server.ts';

export type Studio = Taught & { db: ReturnType<typeof databaseOf>; cookie: string };
type Span = { startMs: number; endMs: number };

const signedIn = async (db: Studio['db'], taught: Taught): Promise<Studio> => {
	const { value } = await sessions.begin(db, taught.instructor.id, false);
	return { ...taught, db, cookie: value };
};

/** A file has been sent to the last byte as one of the lesson's videos; its work is in the queue. */
export async function fileArrives(
	server: Server,
	db: Studio['db'],
	{ instructor, lessonId }: Taught,
	path: string,
	fileName = 'a.mp4',
	kind: TrackKind = 'demonstration'
): Promise<void> {
	const id = newId();
	const input = { lessonId, kind, fileName, sizeBytes: 1 };
	await uploads.begin(db, instructor, id, input);
	await copyFile(path, join(server.dataFolder, 'uploads', id));
	await uploads.receive(db, id);
}

/** A real film of so many seconds becomes the lesson's demonstration. */
async function demonstrate(
	server: Server,
	db: Studio['db'],
	taught: Taught,
	seconds: number
): Promise<void> {
	await fileArrives(server, db, taught, await films.demonstration(seconds));
	await untilTrack(db, taught.lessonId, 'demonstration', ({ state }) => state === 'ready');
}

/** A demonstration of so many seconds, in steps. */
export async function aLessonToSign(
	server: Server,
	seconds: number,
	spans: readonly Span[]
): Promise<Studio> {
	const db = databaseOf(server);
	const taught = await addLesson(db, await aCourse(db), 'silent_demonstration');
	const { instructor, lessonId } = taught;
	await demonstrate(server, db, taught, seconds);
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const named = spans.map((span, index) => ({ ...span, title: `第${index + 1}步`, note: '' }));
	if (named.length > 0) await steps.put(db, lesson, named);
	return signedIn(db, taught);
}

/** A real film of so many seconds, a WebM as browsers record them, becomes the lesson's sign track. */
export async function signs(server: Server, { db, ...taught }: Studio, seconds: number) {
	await fileArrives(server, db, taught, await films.webm(seconds), 'sign.webm', 'sign');
	await untilTrack(db, taught.lessonId, 'sign', ({ state }) => state === 'ready');
}

/** One whose demonstration is said to be ready, and is never played. */
export async function aLessonToLookAt(server: Server): Promise<Studio> {
	const db = databaseOf(server);
	const taught = await addLesson(db, await aCourse(db), 'silent_demonstration');
	await aReadyTrack(db, taught, 'demonstration', 10_000);
	return signedIn(db, taught);
}

/** A lesson that the teacher signs herself; with so many seconds of a real film, or said to be ready. */
export async function aSignedLesson(server: Server, seconds?: number): Promise<Studio> {
	const db = databaseOf(server);
	const taught = await addLesson(db, await aCourse(db), 'signed_at_source');
	if (seconds === undefined) await aReadyTrack(db, taught, 'demonstration', 10_000);
	else await demonstrate(server, db, taught, seconds);
	return signedIn(db, taught);
}

export function launch(args: string[]): Promise<Browser> {
	const executablePath = findBrowser();
	return chromium.launch({
		...(executablePath && { executablePath }),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...args]
	});
}

/** The recording page, alive, in a context of its own. */
export async function openStudio(browser: Browser, server: Server, studio: Studio): Promise<Page> {
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN' });
	await context.addCookies([{ name: 'session', value: studio.cookie, url: server.origin }]);
	const page = await context.newPage();
	await page.goto(`/teach/lessons/${studio.lessonId}/record`);
	await page.locator('[data-is-alive="true"]').waitFor();
	return page;
}
