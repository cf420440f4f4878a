/** Appeals: once, in time, somebody else looks, and what comes of it is final. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { AppealForm } from '#lib/domain/appeals.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import * as instructors from '#lib/server/courses/instructors.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as appeals from '#lib/server/practice/appeals.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as queue from '#lib/server/practice/queue.ts';
import { addPhoto } from '#lib/server/practice/receiving.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as works from '#lib/server/practice/works.ts';
import { addArriving, setReady } from '#lib/server/practice/works.queries.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPhoto } from '../support/attached.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { aPracticeLesson, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aColleague, assessShare, begin, handedInForTwo, say } from '../support/two-assessors.ts';

onBothDatabases('appeals', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});

	/** One instructor has said “try again”; a colleague teaches the course too. */
	async function notPassed() {
		const taught = await aPracticeLesson(db);
		const colleague = await aColleague(db, taught);
		const id = await handIn(db, storage, taught);
		await assessShare(db, taught.instructor, id, 'again', '皮裂了');
		return { ...taught, colleague, id };
	}
	type Place = { trainee: PersonActor; id: string };
	const ask = async ({ trainee, id }: Place, fields: object = { reason: 'unseen' }) =>
		appeals.ask(
			db,
			await appeals.forAppealing(db, trainee, id),
			trainee,
			v.parse(AppealForm, { id, ...fields })
		);
	const ownOf = ({ trainee, id }: Place) => submissions.forOwner(db, trainee, id);
	const seenBy = async (place: Place) => assessing.contentsOf(db, await ownOf(place));
	const listed = async (by: PersonActor, id: string) => {
		const { mine, others, answered } = await queue.ofInstructor(db, by);
		const at = Object.entries({ mine, others, answered }).find(([, rows]) =>
			rows.some((row) => row.id === id)
		);
		return at?.[0];
	};
	const watchAll = async ({ trainee, lessonId }: made.Taught & Place) => {
		await progress.record(db, trainee, lessonId, {
			ranges: [[0, 60_000]],
			...{ positionMs: 60_000, positionAt: new Date().toISOString() }
		});
	};

	test('somebody else changes the result; the lesson is done and a certificate can be issued', async () => {
		const place = await notPassed();
		const { instructor, colleague, trainee, id, classId } = place;
		await watchAll(place);
		const isReady = async () => {
			const staff = await made.aStaffMember(db);
			const all = await issuing.candidates(db, await issuing.forIssuing(db, staff, classId));
			return all.find(({ personId }) => personId === trainee.id)?.isReady;
		};
		expect(await isReady()).toBe(false);
		await ask(place, { reason: 'unseen', comment: '看第二张照片' });
		expect(await listed(instructor, id)).toBe('others');
		expect(await listed(colleague, id)).toBe('mine');
		// While it waits nothing has changed, and she who assessed it does nothing to it.
		expect((await ownOf(place)).state).toBe('again');
		await expect(begin(db, instructor, id)).rejects.toBeInstanceOf(NotFound);
		await expect(say(db, instructor, id, 'passed', { comment: '好' })).rejects.toBeInstanceOf(
			NotFound
		);
		await begin(db, colleague, id);
		await expect(say(db, colleague, id, 'passed')).rejects.toBeInstanceOf(Invalid);
		await say(db, colleague, id, 'passed', { comment: '第二张看得清' });
		expect(await ownOf(place)).toMatchObject({ state: 'passed', seenAt: null });
		expect(await isReady()).toBe(true);
		const { answers, appeal } = await seenBy(place);
		expect(answers.map(({ comment }) => comment)).toEqual(['第二张看得清', '皮裂了']);
		expect(appeal).toMatchObject({ reason: 'unseen', comment: '看第二张照片', result: 'passed' });
		// It is final: nobody corrects it, and there is no second appeal.
		for (const by of [instructor, colleague])
			await expect(say(db, by, id, 'again', { comment: '不' })).rejects.toBeInstanceOf(Conflict);
		await expect(ask(place)).rejects.toBeInstanceOf(NotFound);
		expect(await listed(colleague, id)).toBe('answered');
	});

	test('what is kept stays “try again”, and the next try goes on', async () => {
		const place = await notPassed();
		const { colleague, trainee, lessonId, id } = place;
		await watchAll(place);
		await ask(place, { comment: '请再看' });
		await expect(addPhoto(db, storage, trainee, lessonId, await aPhoto(60, 40))).rejects.toThrow(
			Conflict
		);
		await begin(db, colleague, id);
		await say(db, colleague, id, 'again', { comment: '还是裂了' });
		expect(await ownOf(place)).toMatchObject({ state: 'again', seenAt: null });
		expect((await progress.road(db, trainee))[0]?.lessons[0]?.completedAt).toBeNull();
		await expect(ask(place)).rejects.toBeInstanceOf(NotFound);
		const next = await handIn(db, storage, place);
		expect(await submissions.forOwner(db, trainee, next)).toMatchObject({ round: 2 });
	});

	test('once, in time, her own, and not after the next try; pressed twice it is one', async () => {
		const place = await notPassed();
		const { id, trainee } = place;
		const other = await made.aTrainee(db);
		await expect(ask({ trainee: other, id })).rejects.toBeInstanceOf(NotFound);
		const of = await appeals.forAppealing(db, trainee, id);
		const input = v.parse(AppealForm, { id, reason: 'level' });
		const twice = await Promise.allSettled([1, 2].map(() => appeals.ask(db, of, trainee, input)));
		expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

		const late = await notPassed();
		const days = (n: number) => new Date(Date.now() - n * 24 * 60 * 60_000).toISOString();
		const answered = (at: string) =>
			db
				.updateTable('practice_assessment')
				.set({ assessed_at: at })
				.where('submission_id', '=', late.id)
				.execute();
		await answered(days(13.9));
		expect(await appeals.openUntil(db, await ownOf(late))).toBeDefined();
		await answered(days(14.1));
		await expect(ask(late)).rejects.toBeInstanceOf(NotFound);

		const again = await notPassed();
		const seen = await appeals.forAppealing(db, again.trainee, again.id);
		await handIn(db, storage, again);
		await expect(
			appeals.ask(db, seen, again.trainee, v.parse(AppealForm, { id: again.id, reason: 'level' }))
		).rejects.toBeInstanceOf(Conflict);

		const taught = await aPracticeLesson(db);
		const passed = { ...taught, id: await handIn(db, storage, taught) };
		await assessShare(db, taught.instructor, passed.id, 'passed');
		await expect(ask(passed)).rejects.toBeInstanceOf(NotFound);
	});

	test('she may take it back until somebody looks; there is no second one, and the next try is free', async () => {
		const place = await notPassed();
		const { colleague, id } = place;
		await ask(place);
		await appeals.withdraw(db, await ownOf(place));
		await appeals.withdraw(db, await ownOf(place));
		expect((await seenBy(place)).appeal?.withdrawnAt).not.toBeNull();
		await expect(ask(place)).rejects.toBeInstanceOf(NotFound);
		expect(await listed(colleague, id)).toBe('answered');
		await expect(begin(db, colleague, id)).rejects.toBeInstanceOf(Conflict);
		await handIn(db, storage, place);

		const looked = await notPassed();
		await ask(looked);
		await begin(db, looked.colleague, looked.id);
		await expect(appeals.withdraw(db, await ownOf(looked))).rejects.toBeInstanceOf(Conflict);
		await expect(submissions.beginErasing(db, await ownOf(looked))).rejects.toThrow(Conflict);
		const seen = await assessing.forAssessing(db, looked.colleague, looked.id);
		await assessing.release(db, seen, looked.colleague);
		await appeals.withdraw(db, await ownOf(looked));
	});

	test('a try begun meanwhile is not sent while the appeal waits, nor after it has passed by it', async () => {
		const place = await notPassed();
		const { colleague, trainee, lessonId, id } = place;
		const draft = await addPhoto(db, storage, trainee, lessonId, await aPhoto(60, 40));
		await ask(place);
		const send = () => submissions.send(db, trainee, draft, '');
		await expect(send()).rejects.toMatchObject({ problem: 'appeal_open' });
		await begin(db, colleague, id);
		await say(db, colleague, id, 'passed', { comment: '好' });
		await expect(send()).rejects.toBeInstanceOf(Conflict);
		expect(await submissions.ofLesson(db, trainee, lessonId)).toMatchObject({ mayGoOn: false });
		const tools = {
			storage,
			uploads: { pathOf: (file: string) => `/nowhere/${file}`, forgetNotes: async () => undefined }
		};
		await works.erase(db, tools, await submissions.forOwner(db, trainee, draft.id));
		await works.erase(db, tools, await ownOf(place));
	});

	test('two colleagues never decide over each other, and one who has left is taken over from', async () => {
		const place = await notPassed();
		const { instructor, colleague, courseId, id } = place;
		const third = await aColleague(db, place);
		await ask(place);
		const seen = await assessing.forAssessing(db, third, id);
		const both = await Promise.allSettled(
			[colleague, third].map((by) => assessing.begin(db, seen, by, seen.revision))
		);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const looking = both[0]?.status === 'fulfilled' ? colleague : third;
		const other = looking === third ? colleague : third;
		await expect(say(db, other, id, 'passed', { comment: '好' })).rejects.toBeInstanceOf(Conflict);
		const course = await courses.forEditing(db, instructor, courseId);
		await instructors.remove(db, course, looking.id);
		await expect(say(db, looking, id, 'passed', { comment: '好' })).rejects.toThrow(NotFound);
		await begin(db, other, id);
		await say(db, other, id, 'passed', { comment: '好' });
		expect((await ownOf(place)).state).toBe('passed');
	});

	test('an appeal in sign is seen by those who assess, once it is sent, and by nobody else', async () => {
		const place = await notPassed();
		const { instructor, colleague, trainee, courseId, id } = place;
		const film = newId();
		const at = new Date().toISOString();
		const row = { id: film, submissionId: id, personId: trainee.id, kind: 'answer' as const };
		await addArriving(db, { ...row, sizeBytes: 9, at });
		await expect(ask(place, { filmId: film })).rejects.toBeInstanceOf(Invalid);
		await setReady(db, film, { width: 640, height: 360, duration_ms: 1000 });
		const fetching = (by: PersonActor) => works.forFetching(db, by, film, 'clip.mp4');
		await expect(fetching(colleague)).rejects.toBeInstanceOf(NotFound);
		await fetching(trainee);
		await ask(place, { filmId: film });
		for (const by of [colleague, instructor, trainee]) await fetching(by);
		await expect(fetching(await made.anEnrolledTrainee(db, courseId))).rejects.toThrow(NotFound);
		expect((await seenBy(place)).appeal?.film?.id).toBe(film);
		expect((await seenBy(place)).works.map(({ kind }) => kind)).toEqual(['photo']);
	});

	test('of work that several have assessed none of them decides the appeal; staff name somebody', async () => {
		const place = await handedInForTwo(db, storage, 2);
		const { instructor, others, trainee, id, classId } = place;
		const [second, third] = others as [PersonActor, PersonActor];
		await assessShare(db, instructor, id, 'passed');
		await assessShare(db, second, id, 'again');
		await assessShare(db, third, id, 'again');
		await ask(place);
		// Also she who was outvoted: she has assessed it.
		for (const by of [instructor, second, third])
			await expect(begin(db, by, id)).rejects.toBeInstanceOf(NotFound);
		const staff = await made.aStaffMember(db);
		const { waiting } = await queue.forStaff(db, staff);
		expect(waiting.find((row) => row.id === id)).toMatchObject({ isStuck: true, isAppeal: true });
		const of = await queue.forAppointing(db, staff, id);
		await expect(queue.appoint(db, of, trainee.id)).rejects.toBeInstanceOf(Invalid);
		const stranger = await made.anInstructor(db);
		await queue.appoint(db, of, stranger.id);
		expect(await listed(stranger, id)).toBe('mine');
		await begin(db, stranger, id);
		await say(db, stranger, id, 'passed', { comment: '好' });
		expect((await ownOf(place)).state).toBe('passed');
		expect(await classes.named(db, classId)).toBeDefined();
	});
});
