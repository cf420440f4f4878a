/** People and lessons in the database of a running server, and the server's view of them. */
import type { Role } from '#lib/domain/roles.ts';
import { openSqlite } from '#lib/server/database/database.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { addLesson, aClass, aCourse, DIGEST, makeReady, publish } from '../support/people.ts';
import { aPdf } from '../support/attached.ts';
import { handIn } from '../support/handed-in.ts';
import { aTask } from '../support/tasks.ts';
import { aPerson, aProposal, giveCertificateOf } from '../support/placing.ts';
import type { Server } from '../support/server.ts';
import * as cards from '#lib/server/classes/cards.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as roster from '#lib/server/classes/roster.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as practice from '#lib/server/courses/practice.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as people from '#lib/server/people/people.ts';
import { newId } from '#lib/server/ids.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import * as terms from '#lib/server/media/terms.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { readFile } from 'node:fs/promises';
import { type Caller, callerAt } from './caller.ts';

type Db = ReturnType<typeof openSqlite>;

const settingsOf = (server: Server) => settingsFrom({ DATA_FOLDER: server.dataFolder });

/** The running server's own database; WAL lets us look and write beside it. */
export const databaseOf = (server: Server): Db => openSqlite(settingsOf(server).databaseFile);

/** Somebody signed in, without the 50 ms that a password takes. */
export async function signedIn(db: Db, server: Server, person: PersonActor): Promise<Caller> {
	const { value } = await sessions.begin(db, person.id, false);
	return callerAt(server.origin, value);
}

/** Every row of every table: two equal ones mean that nothing has changed. */
export async function everything(db: Db): Promise<string> {
	const tables = await db.introspection.getTables();
	const rows = await Promise.all(
		tables.map(async ({ name }) => [
			name,
			await db
				.selectFrom(name as 'person')
				.selectAll()
				.execute()
		])
	);
	return JSON.stringify(rows);
}

/** A lesson to send videos to, its instructor, and one who has nothing to do with it. */
export async function aLessonToFill(server: Server, mode: 'sign_track' | 'signed' = 'signed') {
	const db = databaseOf(server);
	const taught = await addLesson(
		db,
		await aCourse(db),
		mode === 'signed' ? 'signed_at_source' : 'spoken_with_sign_track'
	);
	const teacher = await signedIn(db, server, taught.instructor);
	return { db, ...taught, teacher };
}

/** Waits until the lesson's track of this kind is as asked. */
export async function untilTrack(
	db: Db,
	lessonId: string,
	kind: 'demonstration' | 'sign',
	isAsked: (track: Awaited<ReturnType<typeof tracks.ofLesson>>[number]) => boolean
) {
	for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 40) {
		const track = (await tracks.ofLesson(db, lessonId)).find((one) => one.kind === kind);
		if (track && isAsked(track)) return track;
		await new Promise((resolve) => setTimeout(resolve, 40));
	}
	throw new Error(
		`the ${kind} did not get there: ${JSON.stringify(await tracks.ofLesson(db, lessonId))}`
	);
}

export const PASSWORD = 'a long enough secret';

/** One of everything, for asking at every door. */
export async function aTown(server: Server) {
	const db = databaseOf(server);
	const storage = diskStorage(settingsOf(server).mediaFolder);
	const staff = await aPerson(db, 'staff');
	const taught = await addLesson(db, await aCourse(db));
	const trackId = await makeReady(db, taught);
	const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
	const file = { fileName: '配方.pdf', bytes: aPdf() };
	const attachment = await attachments.add(db, storage, lesson, taught.instructor, file);
	await practice.put(db, lesson, taught.instructor, aTask());
	await publish(db, taught);
	const { classId, joinCode } = await aClass(db, taught.courseId, staff);
	// The one trainee who also signs in with a password.
	const id = await people.add(
		db,
		{ displayName: '小云', signInName: 'xiaoyun', password: PASSWORD },
		'trainee'
	);
	const trainee: PersonActor = { type: 'person', id, displayName: '小云', roles: ['trainee'] };
	await classes.join(db, trainee, classId);
	const submissionId = await handIn(db, storage, { trainee, lessonId: taught.lessonId });
	const sent = await assessing.forAssessing(db, taught.instructor, submissionId);
	const [work] = (await assessing.contentsOf(db, sent)).works;
	await progress.record(db, trainee, taught.lessonId, {
		ranges: [[0, 60_000]],
		positionMs: 60_000,
		positionAt: new Date().toISOString()
	});
	const ofCourse = { id: taught.courseId, title: '广式月饼' };
	const number = await giveCertificateOf(db, trainee, ofCourse);
	const { placementId, storefrontId } = await aProposal(db, { staff, graduate: trainee });
	const course = await courses.forEditing(db, taught.instructor, taught.courseId);
	await courses.setCover(db, storage, course, await readFile('src/setup/demo/cover.webp'));
	const termId = newId();
	await terms.add(db, course, termId, { term: '面粉', variants: [], explanation: '' });
	const { coverKey } = await courses.forEditing(db, taught.instructor, taught.courseId);
	await storage.put(`renditions/${trackId}/${DIGEST}/poster.jpg`, Buffer.alloc(1000, 7));
	// Before anybody signs in: a new card ends what the old one began.
	const [card] = await cards.make(db, await cards.forMaking(db, staff, classId), [trainee.id]);
	const rosterId = await roster.read(db, await roster.forFilling(db, staff, classId), {
		name: '示例名单.csv',
		bytes: Buffer.from('姓名,编号\n示例甲,1\n,2\n')
	});
	const invite = () => people.invite(db, staff, { displayName: '示例讲师', role: 'instructor' });

	const as = (person: PersonActor) => signedIn(db, server, person);
	const outsider = {
		trainee: await aPerson(db, 'trainee'),
		instructor: await aPerson(db, 'instructor')
	};
	const callers: Record<Role | 'visitor', Caller> = {
		visitor: callerAt(server.origin),
		trainee: await as(trainee),
		instructor: await as(taught.instructor),
		reviewer: await as(await aPerson(db, 'reviewer')),
		staff: await as(staff)
	};
	return {
		db,
		people: { staff, trainee, instructor: taught.instructor },
		callers,
		/** The same roles, but strangers to everything here. */
		strangers: { trainee: await as(outsider.trainee), instructor: await as(outsider.instructor) },
		...taught,
		trackId,
		poster: `/media/${trackId}/${DIGEST}/poster.jpg`,
		attachment: `/media/attachments/${taught.lessonId}/${attachment.id}`,
		/** Values for the parameters in routes. */
		params: {
			courseId: taught.courseId,
			lessonId: taught.lessonId,
			classId,
			code: joinCode,
			number,
			personId: trainee.id,
			storefrontId,
			placementId,
			trackId,
			attachmentId: attachment.id,
			termId,
			clipId: newId(),
			workId: work?.id ?? '',
			submissionId,
			digest: DIGEST,
			language: 'zh-CN',
			token: await invite(),
			secret: card?.secret ?? '',
			rosterId,
			keyId: newId(),
			list: '1',
			recordId: newId(),
			productId: newId(),
			path: 'x'
		} as Record<string, string>,
		coverFile: coverKey?.split('/').pop() ?? ''
	};
}
export type Town = Awaited<ReturnType<typeof aTown>>;
