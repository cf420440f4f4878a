/**
 * Fills an empty demo installation with a mooncake course and three people, through the same
 * functions as the pages use: the films are really uploaded and prepared. Run twice, it does nothing.
 */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaptionLanguage, TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import type { Role } from '#lib/domain/roles.ts';
import { type App, openApp } from '#lib/server/app.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { newId, newToken } from '#lib/server/ids.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as people from '#lib/server/people/people.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const films = join(import.meta.dirname, 'demo');

type DemoLesson = {
	title: string;
	summary: string;
	teachingMode: TeachingMode;
	files: Partial<Record<TrackKind, string>>;
	captions: string;
};

const LESSONS: DemoLesson[] = [
	{
		title: '做月饼：4 步',
		summary: '和面、包馅、脱模、烘烤。',
		teachingMode: 'spoken_with_sign_track',
		files: { demonstration: 'demonstration.mp4', sign: 'sign.mp4' },
		captions: 'demonstration'
	},
	{
		title: '手语授课：揉面',
		summary: '老师一边打手语，一边揉面。',
		teachingMode: 'signed_at_source',
		files: { demonstration: 'signed-at-source.mp4' },
		captions: 'signed-at-source'
	}
];

const PEOPLE: { role: Role; displayName: string; signInName: string }[] = [
	{ role: 'instructor', displayName: '演示讲师', signInName: 'jiangshi' },
	{ role: 'trainee', displayName: '演示学员', signInName: 'xueyuan' },
	{ role: 'staff', displayName: '演示专员', signInName: 'zhuanyuan' }
];

async function addPeople(app: App) {
	const signIns = [];
	const actors = {} as Record<Role, PersonActor>;
	for (const { role, displayName, signInName } of PEOPLE) {
		// A new secret for every installation: no password is known beforehand.
		const password = newToken().slice(0, 12);
		const id = await people.add(app.db, { displayName, signInName, password }, role);
		actors[role] = { type: 'person', id, displayName, roles: [role] };
		signIns.push({ role, name: displayName, signInName, password });
	}
	await writeFile(
		join(app.settings.dataFolder, 'sign-ins.json'),
		JSON.stringify(signIns, null, '\t'),
		{
			mode: 0o600
		}
	);
	return actors;
}

async function upload(app: App, by: PersonActor, lessonId: string, kind: TrackKind, name: string) {
	const file = join(films, name);
	const id = newId();
	const { size: sizeBytes } = await stat(file);
	await uploads.begin(app.db, by, id, { lessonId, kind, fileName: name, sizeBytes });
	await copyFile(file, app.uploads.pathOf(id));
	await uploads.receive(app.db, id);
	app.wakeWorker();
}

async function untilReady(app: App, lessonId: string): Promise<void> {
	let told = '';
	for (;;) {
		const all = await tracks.ofLesson(app.db, lessonId);
		const failed = all.find(({ state }) => state === 'failed');
		if (failed) throw new Error(`${failed.fileName}: ${failed.failureCode}`);
		if (all.every(({ state }) => state === 'ready')) return;
		const share = all.reduce((sum, { progressPermille }) => sum + progressPermille, 0);
		const line = `  视频准备中 · preparing the films: ${Math.floor(share / all.length / 100) * 10} %`;
		if (line !== told) console.log((told = line));
		await pause(500);
	}
}

async function addLesson(app: App, by: PersonActor, courseId: string, demo: DemoLesson) {
	const course = await courses.forEditing(app.db, by, courseId);
	const id = await lessons.add(app.db, course, demo);
	for (const [kind, name] of Object.entries(demo.files))
		await upload(app, by, id, kind as TrackKind, name);
	const lesson = await lessons.forEditing(app.db, by, id);
	for (const language of ['zh-CN', 'en'] satisfies CaptionLanguage[]) {
		const fileName = `${demo.captions}.${language}.vtt`;
		const bytes = await readFile(join(films, fileName));
		await captions.put(app.db, lesson, by, { language, fileName, bytes });
	}
	await untilReady(app, id);
	await publication.publish(app.db, lesson, by);
}

const settings = settingsFrom(process.env);
await mkdir(settings.dataFolder, { recursive: true });
const isSeeded = join(settings.dataFolder, 'seeded');
if (!existsSync(isSeeded)) {
	const app = await openApp(settings);
	try {
		const actors = await addPeople(app);
		const courseId = await courses.create(app.db, actors.instructor, {
			title: '广式月饼',
			summary: '从和面到烘烤，4 步做出月饼。',
			skillField: 'baking'
		});
		const course = await courses.forEditing(app.db, actors.instructor, courseId);
		await courses.setCover(app.db, app.storage, course, await readFile(join(films, 'cover.webp')));
		for (const demo of LESSONS) await addLesson(app, actors.instructor, courseId, demo);
		const classId = await classes.open(app.db, actors.staff, { courseId, title: '月饼演示班' });
		await classes.join(app.db, actors.trainee, classId);
		await writeFile(isSeeded, '');
	} finally {
		await app.close();
	}
}
