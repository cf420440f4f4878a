/** People and the lessons between them, made by the capabilities themselves. */
import type { CaptionLanguage, TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import { tracksOf } from '#lib/domain/lessons.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Database } from '#lib/server/database/database.ts';
import { newId } from '#lib/server/ids.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as steps from '#lib/server/media/steps.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as trackQueries from '#lib/server/media/tracks.queries.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { aPerson } from './placing.ts';

export const aTrainee = (db: Database) => aPerson(db, 'trainee');
export const anInstructor = (db: Database) => aPerson(db, 'instructor');
export const aStaffMember = (db: Database) => aPerson(db, 'staff');

export type Taught = { instructor: PersonActor; courseId: string; lessonId: string };
type Wishes = { teachingMode?: TeachingMode; instructor?: PersonActor };

export async function aCourse(db: Database, instructor?: PersonActor) {
	const teacher = instructor ?? (await anInstructor(db));
	const courseId = await courses.create(db, teacher, {
		title: '广式月饼',
		summary: '从和面到烘烤',
		skillField: 'baking'
	});
	return { instructor: teacher, courseId };
}

export async function addLesson(
	db: Database,
	{ instructor, courseId }: { instructor: PersonActor; courseId: string },
	teachingMode: TeachingMode = 'signed_at_source'
): Promise<Taught> {
	const course = await courses.forEditing(db, instructor, courseId);
	const lessonId = await lessons.add(db, course, { title: '揉面', summary: '', teachingMode });
	return { instructor, courseId, lessonId };
}

export const aCourseWithLesson = async (db: Database, wishes: Wishes = {}): Promise<Taught> =>
	addLesson(db, await aCourse(db, wishes.instructor), wishes.teachingMode);

/** A file of a lesson's has arrived to the last byte. @returns the upload's id */
export async function aReceivedUpload(
	db: Database,
	{ instructor, lessonId }: Taught,
	kind: TrackKind = 'demonstration'
): Promise<string> {
	const id = newId();
	const input = { lessonId, kind, fileName: `${kind}.mp4`, sizeBytes: 1000 };
	await uploads.begin(db, instructor, id, input);
	await uploads.receive(db, id);
	return id;
}

export const DIGEST = '0123456789abcdef01234567';

/** A track as the worker leaves it, without the minutes it takes. @returns the track's id */
export async function aReadyTrack(
	db: Database,
	taught: Taught,
	kind: TrackKind = 'demonstration',
	durationMs = 60_000
): Promise<string> {
	await aReceivedUpload(db, taught, kind);
	const track = (await tracks.ofLesson(db, taught.lessonId)).find((one) => one.kind === kind);
	if (!track) throw new Error('no track came of the upload');
	await trackQueries.setReady(db, track.id, {
		digest: DIGEST,
		duration_ms: durationMs,
		width: 1280,
		height: 720,
		has_sound: 1,
		frame_rate_millihertz: 30_000,
		prepared_bytes: 2000
	});
	return track.id;
}

/** Two captions, and for however long it goes on, that there is nothing more to say. */
const CAPTIONS = new TextEncoder().encode(
	[
		'WEBVTT',
		'00:00:00.000 --> 00:00:02.000\n先洗手。',
		'00:00:02.000 --> 00:00:04.000\n再和面。',
		'00:00:04.000 --> 00:00:06.000\n<c.quiet>[这里没有话]</c>\n'
	].join('\n\n')
);

export async function addCaptions(
	db: Database,
	{ instructor, lessonId }: Taught,
	language: CaptionLanguage = 'zh-CN',
	bytes: Uint8Array = CAPTIONS
): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	await captions.put(db, lesson, instructor, { language, fileName: 'a.vtt', bytes });
}

/** One step whose picture is taken from the demonstration that is there. */
export async function addSteps(db: Database, { instructor, lessonId }: Taught): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const { demonstration } = await tracks.readyOf(db, lessonId);
	await steps.put(db, lesson, [{ title: '揉面', startMs: 0, endMs: 1000, note: '' }]);
	await db
		.updateTable('lesson_step')
		.set({ picture_track_id: demonstration?.id ?? null })
		.where('lesson_id', '=', lessonId)
		.execute();
}

/** Whoever is to be seen agrees to it. */
export async function consentToFilming(db: Database, { instructor, lessonId }: Taught) {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const consent = { who: 'myself', personName: '', means: '' } as const;
	await consents.record(db, lesson, instructor, consent);
}

/** A reviewer looks at the lesson as it is now, and signs it off. */
export async function approve(db: Database, { instructor, lessonId }: Taught): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	await reviews.ask(db, lesson, instructor);
	const reviewing = await reviews.forReviewing(db, await aPerson(db, 'reviewer'), lessonId);
	const { seen } = await reviews.underWay(db, reviewing.lesson);
	await reviews.decide(db, reviewing, { verdict: 'approved', seen });
}

/** What the gate asks for besides videos and captions. */
export async function passGate(db: Database, taught: Taught): Promise<void> {
	await addSteps(db, taught);
	await consentToFilming(db, taught);
	await approve(db, taught);
}

/** All that this lesson needs for being published. @returns its demonstration track's id */
export async function makeReady(db: Database, taught: Taught, durationMs?: number) {
	const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
	const ids = [];
	for (const kind of tracksOf(lesson.teachingMode))
		ids.push(await aReadyTrack(db, taught, kind, durationMs));
	await addCaptions(db, taught);
	await passGate(db, taught);
	return ids[0] as string;
}

export async function publish(db: Database, { instructor, lessonId }: Taught): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	await publication.publish(db, lesson, instructor);
}

export async function withdraw(db: Database, { instructor, lessonId }: Taught): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	await publication.withdraw(db, lesson, instructor);
}

/** A lesson that trainees of a class on its course can watch. */
export async function aPublishedLesson(
	db: Database,
	wishes: Wishes & { durationMs?: number } = {}
): Promise<Taught & { trackId: string }> {
	const taught = await aCourseWithLesson(db, wishes);
	const trackId = await makeReady(db, taught, wishes.durationMs);
	await publish(db, taught);
	return { ...taught, trackId };
}

export async function aClass(db: Database, courseId: string, runner?: PersonActor) {
	const staff = runner ?? (await aStaffMember(db));
	const classId = await classes.open(db, staff, { courseId, title: '一班' });
	const { joinCode } = await classes.forRunning(db, staff, classId);
	return { staff, classId, joinCode };
}

/** Somebody who learns in a class of this course. */
export async function anEnrolledTrainee(db: Database, courseId: string): Promise<PersonActor> {
	const trainee = await aTrainee(db);
	await classes.join(db, trainee, (await aClass(db, courseId)).classId);
	return trainee;
}
