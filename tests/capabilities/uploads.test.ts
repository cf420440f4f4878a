import type { Kysely } from 'kysely';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TrackKind } from '#lib/domain/lessons.ts';
import { type Actor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { recordedFor } from '#lib/server/media/recorded-for.ts';
import * as terms from '#lib/server/media/terms.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as versions from '#lib/server/publication/versions.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aCourseWithLesson,
	anEnrolledTrainee,
	anInstructor,
	aPublishedLesson,
	aReceivedUpload,
	aStaffMember
} from '../support/people.ts';

onBothDatabases('uploads', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	afterEach(() => {
		vi.useRealTimers();
	});
	const begin = async (actor: Actor, lessonId: string, kind: TrackKind = 'demonstration') => {
		const id = newId();
		const input = { lessonId, kind, fileName: '揉面.mov', sizeBytes: 5_000_000_000 };
		await uploads.begin(db, actor, id, input);
		return id;
	};
	const jobsFor = async (trackId: string) =>
		(await db.selectFrom('job').selectAll().execute()).filter(({ payload }) =>
			payload.includes(trackId)
		);
	const problemOf = (work: Promise<unknown>) =>
		work.then(
			() => 'none',
			(error: unknown) => (error instanceof Invalid ? error.problems.file?.code : error)
		);

	test('a file larger than 2 GB is noted as it is', async () => {
		const { instructor, lessonId } = await aCourseWithLesson(db);
		const id = await begin(instructor, lessonId);
		expect(await uploads.forSending(db, instructor, id)).toMatchObject({
			fileName: '揉面.mov',
			sizeBytes: 5_000_000_000,
			finishedAt: null
		});
	});

	test('a person sees all she has not sent to the end, and what recordings on her device are for', async () => {
		const { instructor, courseId, lessonId } = await aCourseWithLesson(db, {
			teachingMode: 'spoken_with_sign_track'
		});
		const id = await begin(instructor, lessonId);
		const begun = await uploads.unfinishedBy(db, instructor);
		expect(begun).toMatchObject([
			{ id, lessonId, lessonTitle: '揉面', courseTitle: '广式月饼', takeId: null }
		]);
		const course = await courses.forEditing(db, instructor, courseId);
		const termId = newId();
		await terms.add(db, course, termId, { term: '面粉', variants: [], explanation: '' });
		const asked = [lessonId, courseId, newId()];
		expect(await recordedFor(db, instructor, asked)).toEqual({
			lessons: [{ id: lessonId, title: '揉面', courseTitle: '广式月饼' }],
			terms: [{ id: termId, title: '面粉', courseTitle: '广式月饼' }],
			receivedIds: []
		});
		const stranger = await anInstructor(db);
		expect(await uploads.unfinishedBy(db, stranger)).toEqual([]);
		expect(await recordedFor(db, stranger, asked)).toEqual({
			...{ lessons: [], terms: [], receivedIds: [] }
		});
		await uploads.receive(db, id);
		expect(await uploads.unfinishedBy(db, instructor)).toEqual([]);
	});

	test('what has all arrived becomes one track and one job, also when told twice at once', async () => {
		const { instructor, lessonId } = await aCourseWithLesson(db);
		const id = await begin(instructor, lessonId);
		await Promise.all([uploads.receive(db, id), uploads.receive(db, id)]);
		await uploads.receive(db, id);
		const all = await tracks.ofLesson(db, lessonId);
		expect(all).toMatchObject([{ kind: 'demonstration', state: 'waiting', fileName: '揉面.mov' }]);
		expect(await jobsFor(all[0]?.id ?? '')).toMatchObject([
			{ kind: tracks.PREPARE_TRACK, state: 'waiting' }
		]);
	});

	test('a later video takes the place of the earlier one of its kind, and of no other', async () => {
		const taught = await aCourseWithLesson(db, { teachingMode: 'silent_demonstration' });
		await aReceivedUpload(db, taught);
		await aReceivedUpload(db, taught, 'sign');
		const before = await tracks.ofLesson(db, taught.lessonId);
		await aReceivedUpload(db, taught);
		const after = await tracks.ofLesson(db, taught.lessonId);
		const idOf = (all: typeof after, kind: TrackKind) => all.find((one) => one.kind === kind)?.id;
		expect(after).toHaveLength(2);
		expect(idOf(after, 'sign')).toBe(idOf(before, 'sign'));
		expect(idOf(after, 'demonstration')).not.toBe(idOf(before, 'demonstration'));
		const old = await db
			.selectFrom('track')
			.where('id', '=', idOf(before, 'demonstration') ?? '')
			.select('replaced_at')
			.executeTakeFirstOrThrow();
		expect(old.replaced_at).not.toBeNull();
	});

	test('a video that arrives for a published lesson is the draft’s: trainees keep theirs', async () => {
		const taught = await aPublishedLesson(db);
		const { instructor, lessonId, trackId } = taught;
		const id = await begin(instructor, lessonId);
		await uploads.receive(db, id);
		const after = await tracks.ofLesson(db, lessonId);
		expect(after).toMatchObject([{ kind: 'demonstration', state: 'waiting' }]);
		const version = await versions.newest(db, lessonId);
		expect(version?.content.demonstration.id).toBe(trackId);
	});

	test('a page offers to go on with what was begun last and is still of use', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const taught = await aCourseWithLesson(db, { teachingMode: 'spoken_with_sign_track' });
		const { instructor, lessonId } = taught;
		const begun = async (kind: TrackKind) => {
			vi.setSystemTime(Date.now() + 1000);
			return begin(instructor, lessonId, kind);
		};
		await begun('demonstration');
		const last = await begun('demonstration');
		const sign = await begun('sign');
		const offered = async () =>
			(await uploads.unfinishedOf(db, lessonId, instructor)).map(({ id }) => id).sort();
		expect(await offered()).toEqual([last, sign].sort());
		vi.setSystemTime(Date.now() + 1000);
		await uploads.receive(db, last);
		expect(await offered()).toEqual([sign]);
		await uploads.forget(db, sign);
		expect(await offered()).toEqual([]);
		expect(await uploads.unfinishedOf(db, lessonId, await anInstructor(db))).toEqual([]);
		await uploads.forget(db, last);
		expect(await tracks.ofLesson(db, lessonId)).toHaveLength(1);
	});

	test('a lesson signed at source wants no sign track', async () => {
		const { instructor, lessonId } = await aCourseWithLesson(db);
		expect(await problemOf(begin(instructor, lessonId, 'sign'))).toBe('track_not_wanted');
	});

	test('nobody sends a video for a lesson that is not theirs', async () => {
		const { lessonId, courseId } = await aPublishedLesson(db);
		const others: Actor[] = [
			await anInstructor(db),
			await aStaffMember(db),
			await anEnrolledTrainee(db, courseId),
			VISITOR,
			SYSTEM
		];
		for (const actor of others)
			expect(await problemOf(begin(actor, lessonId))).toBeInstanceOf(NotFound);
		const { instructor } = await aCourseWithLesson(db);
		expect(await problemOf(begin(instructor, newId()))).toBeInstanceOf(NotFound);
	});

	test("nobody goes on with another person's upload, or learns that there is one", async () => {
		const { instructor, lessonId } = await aCourseWithLesson(db);
		const id = await begin(instructor, lessonId);
		for (const actor of [await anInstructor(db), await aStaffMember(db), VISITOR, SYSTEM])
			await expect(uploads.forSending(db, actor, id)).rejects.toBeInstanceOf(NotFound);
		await expect(uploads.forSending(db, instructor, newId())).rejects.toBeInstanceOf(NotFound);
	});

	test('an upload that never was becomes nothing', async () => {
		await expect(uploads.receive(db, newId())).rejects.toBeInstanceOf(NotFound);
	});
});
