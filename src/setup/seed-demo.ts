/**
 * Fills an empty demo installation with a mooncake course and five people, through the same
 * functions as the pages use: the films are really uploaded and prepared. Run twice, it does nothing.
 */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { CaptionLanguage, TrackKind } from '#lib/domain/lessons.ts';
import type { Role } from '#lib/domain/roles.ts';
import { type App, openApp } from '#lib/server/app.ts';
import * as catalogue from '#lib/server/catalogue/catalogue.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import * as practice from '#lib/server/courses/practice.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { newId, newToken } from '#lib/server/ids.ts';
import * as jobs from '#lib/server/jobs/jobs.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as people from '#lib/server/people/people.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { graduate } from './demo/graduate.ts';
import { CLIP_SECONDS, type DemoLesson, LESSONS, TERMS } from './demo/course.ts';

const films = join(import.meta.dirname, 'demo');

const PEOPLE: { role: Role; displayName: string; signInName: string }[] = [
	{ role: 'instructor', displayName: '演示讲师', signInName: 'jiangshi' },
	{ role: 'reviewer', displayName: '演示审校员', signInName: 'shenjiao' },
	{ role: 'trainee', displayName: '演示学员', signInName: 'xueyuan' },
	{ role: 'staff', displayName: '演示专员', signInName: 'zhuanyuan' }
];
/** Has done everything already, and holds the certificate. */
const GRADUATE = { role: 'trainee', displayName: '演示毕业学员', signInName: 'biye' } as const;

async function addPeople(app: App) {
	const signIns = [];
	const actors = {} as Record<Role | 'graduate', PersonActor>;
	for (const { role, displayName, signInName } of [...PEOPLE, GRADUATE]) {
		// A new secret for every installation: no password is known beforehand.
		const password = newToken().slice(0, 12);
		const id = await people.add(app.db, { displayName, signInName, password }, role);
		const as = signInName === GRADUATE.signInName ? 'graduate' : role;
		actors[as] = { type: 'person', id, displayName, roles: [role] };
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

type Makers = { by: PersonActor; reviewer: PersonActor };

/** A step without its picture cannot be published. */
async function untilPictured(app: App, id: string): Promise<void> {
	while ((await publication.facts(app.db, { id })).steps.withoutPicture > 0) await pause(200);
}

async function addLesson(app: App, { by, reviewer }: Makers, courseId: string, demo: DemoLesson) {
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
	await steps.put(app.db, lesson, demo.steps);
	await timeline.putTurns(app.db, lesson, demo.turns);
	await timeline.putAreas(app.db, lesson, demo.areas);
	await materials.put(app.db, lesson, demo.madeOf);
	if (demo.task) await practice.put(app.db, lesson, by, demo.task);
	await untilPictured(app, id);
	// The signer of these films is a drawing that stands for the demo's instructor, who may agree.
	await consents.record(app.db, lesson, by, { who: 'myself', personName: '', means: '' });
	await reviews.ask(app.db, lesson, by);
	const reviewing = await reviews.forReviewing(app.db, reviewer, id);
	const { seen } = await reviews.underWay(app.db, reviewing.lesson);
	await reviews.decide(app.db, reviewing, { verdict: 'approved', seen });
	await publication.publish(app.db, lesson, by);
}

/** The words of the trade; two seconds of the sign film, labelled as no real signing, stand for each. */
async function addGlossary(app: App, by: PersonActor, courseId: string): Promise<void> {
	const course = await courses.forEditing(app.db, by, courseId);
	await glossary.put(app.db, app.storage, course, TERMS);
	const known = await glossary.list(app.db, course);
	for (const { term, clipAt } of TERMS) {
		const id = known.find((one) => one.term === term)?.id ?? '';
		await glossary.setClip(app.db, app.storage, course, id, await cut('sign.mp4', clipAt));
	}
	app.wakeWorker();
}

/** A piece of a film as a film of its own. */
async function cut(name: string, atSeconds: number): Promise<Buffer> {
	const { stdout } = await promisify(execFile)(
		process.env.FFMPEG ?? 'ffmpeg',
		[
			...['-v', 'error', '-ss', String(atSeconds), '-i', join(films, name)],
			...['-t', String(CLIP_SECONDS), '-c:v', 'libx264', '-preset', 'ultrafast'],
			...['-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', 'pipe:1']
		],
		{ encoding: 'buffer', maxBuffer: 1 << 26 }
	);
	return stdout;
}

/** Pictures of steps and clips. What nobody waits for is made later, while the demo is running. */
async function untilAllIsMade(app: App): Promise<void> {
	while ((await jobs.pending(app.db)) > 0) await pause(500);
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
		for (const demo of LESSONS) {
			const makers = { by: actors.instructor, reviewer: actors.reviewer };
			await addLesson(app, makers, courseId, demo);
		}
		await addGlossary(app, actors.instructor, courseId);
		await catalogue.list(app.db, actors.staff, courseId, true);
		const classId = await classes.open(app.db, actors.staff, { courseId, title: '月饼演示班' });
		await classes.join(app.db, actors.trainee, classId);
		await graduate(app, { ...actors, classId });
		await untilAllIsMade(app);
		await writeFile(isSeeded, '');
	} finally {
		await app.close();
	}
}
