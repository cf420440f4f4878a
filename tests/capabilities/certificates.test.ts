import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import * as works from '#lib/server/practice/works.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { graduate, watch } from '../support/graduating.ts';
import { aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';

onBothDatabases('certificates', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	/** A class on a course of two published lessons, with somebody in it. */
	const aClassOfTwo = async () => {
		const first = await made.aPublishedLesson(db);
		const second = await made.addLesson(db, first);
		await made.makeReady(db, second);
		await made.publish(db, second);
		const { staff, classId } = await made.aClass(db, first.courseId);
		const trainee = await made.aTrainee(db);
		await classes.join(db, trainee, classId);
		return { first, second, trainee, staff, classId };
	};
	const aGraduate = async () => {
		const run = await aClassOfTwo();
		for (const { lessonId } of [run.first, run.second]) await watch(db, run.trainee, lessonId);
		return { ...run, number: await graduate(db, run) };
	};
	const candidate = async (staff: PersonActor, classId: string, who: PersonActor) => {
		const all = await issuing.candidates(db, await issuing.forIssuing(db, staff, classId));
		return all.find(({ personId }) => personId === who.id);
	};
	const issue = async (
		{ staff, classId }: { staff: PersonActor; classId: string },
		whom: Parameters<typeof issuing.issue>[2]
	) => issuing.issue(db, await issuing.forIssuing(db, staff, classId), whom, '示例协会');

	test('staff see what is missing until everything is watched, and issue nothing before', async () => {
		const run = await aClassOfTwo();
		await watch(db, run.trainee, run.second.lessonId);
		await watch(db, run.trainee, run.first.lessonId, [0, 30_000]);
		expect(await candidate(run.staff, run.classId, run.trainee)).toMatchObject({
			isReady: false,
			missing: [
				{
					...{ lessonId: run.first.lessonId, title: '揉面' },
					...{ isToWatch: true, isToPractise: false, task: null }
				}
			]
		});
		await expect(issue(run, [run.trainee.id])).rejects.toEqual(
			new Conflict('not_ready_for_certificate')
		);
		expect(await issue(run, 'everybody ready')).toBe(0);
		await watch(db, run.trainee, run.first.lessonId, [30_000, 60_000]);
		expect(await candidate(run.staff, run.classId, run.trainee)).toMatchObject({
			isReady: true,
			missing: []
		});
		expect(await certificates.of(db, run.trainee)).toEqual([]);
	});

	test('a lesson with a task is not done before the task is passed', async () => {
		const run = await aPracticeLesson(db);
		const staff = await made.aStaffMember(db);
		const task = async () => (await candidate(staff, run.classId, run.trainee))?.missing[0]?.task;
		await watch(db, run.trainee, run.lessonId);
		expect(await task()).toBe('none');
		const id = await handIn(db, storage, run);
		expect(await task()).toBe('sent');
		await assess(db, run.instructor, id, ['great', 'good'], 'passed');
		expect(await candidate(staff, run.classId, run.trainee)).toMatchObject({
			isReady: true,
			missing: []
		});
	});

	test('issuing to everybody reaches those who are ready, each once, also when two press at once', async () => {
		const run = await aClassOfTwo();
		const others = [await made.aTrainee(db), await made.aTrainee(db)];
		for (const other of others) await classes.join(db, other, run.classId);
		const ready = [run.trainee, ...others.slice(0, 1)];
		for (const who of ready)
			for (const { lessonId } of [run.first, run.second]) await watch(db, who, lessonId);
		const counts = await Promise.all([
			issue(run, 'everybody ready'),
			issue(run, 'everybody ready')
		]);
		expect(counts.reduce((sum, count) => sum + count)).toBe(2);
		for (const who of ready) expect(await certificates.of(db, who)).toHaveLength(1);
		for (const who of others.slice(1)) expect(await certificates.of(db, who)).toEqual([]);
		expect(
			await issue(
				run,
				ready.map(({ id }) => id)
			)
		).toBe(0);
	});

	test('says who issued it, to whom, for what, and that is kept', async () => {
		const { trainee, staff, first, classId, number } = await aGraduate();
		expect(await certificates.of(db, trainee)).toMatchObject([
			{
				...{ number, personId: trainee.id, courseId: first.courseId, classId },
				...{ holderName: trainee.displayName, courseTitle: '广式月饼', association: '示例协会' },
				revokedAt: null
			}
		]);
		const seen = await issuing.forRevoking(db, staff, number);
		expect(await issuing.eventsOf(db, seen)).toMatchObject([
			{ kind: 'issued', byName: staff.displayName }
		]);
	});

	test('nobody but staff issues or revokes, and no member of staff her own', async () => {
		const { trainee, staff, first, second, classId, number } = await aGraduate();
		const own: PersonActor = { ...staff, roles: ['staff', 'trainee'] };
		await classes.join(db, own, classId);
		for (const { lessonId } of [first, second]) await watch(db, own, lessonId);
		await expect(issue({ staff: own, classId }, [own.id])).rejects.toBeInstanceOf(Conflict);
		expect(await issue({ staff: own, classId }, 'everybody ready')).toBe(0);
		const colleague = await made.aStaffMember(db);
		expect(await issue({ staff: colleague, classId }, [own.id])).toBe(1);
		const [hers] = await certificates.of(db, own);
		await expect(issuing.forRevoking(db, own, hers?.number ?? '')).rejects.toThrow(NotFound);
		for (const actor of [trainee, first.instructor]) {
			await expect(issuing.forIssuing(db, actor, classId)).rejects.toThrow(NotFound);
			await expect(issuing.forRevoking(db, actor, number)).rejects.toThrow(NotFound);
		}
	});

	test('revoked with a reason it holds no longer; everything is kept, and a new one can be issued', async () => {
		const run = await aGraduate();
		const seen = await issuing.forRevoking(db, run.staff, run.number);
		await issuing.revoke(db, seen, '发错人了');
		await expect(issuing.revoke(db, seen, '再来')).rejects.toEqual(new Conflict('already_revoked'));
		expect(await certificates.forVerifying(db, run.number)).toMatchObject({ isRevoked: true });
		expect(await issuing.eventsOf(db, seen)).toMatchObject([
			{ kind: 'revoked', note: '发错人了' },
			{ kind: 'issued' }
		]);
		const again = await graduate(db, run);
		expect(again).not.toBe(run.number);
		expect(await certificates.forVerifying(db, again)).toMatchObject({ isRevoked: false });
		expect(await certificates.forVerifying(db, run.number)).toMatchObject({ isRevoked: true });
	});

	test('shows nothing of a person until she agrees, and no more than that', async () => {
		const run = await aGraduate();
		expect(await certificates.forVerifying(db, run.number)).toEqual({
			...{ number: run.number, courseTitle: '广式月饼', association: '示例协会' },
			...{ isRevoked: false, holderName: null, hasPicture: false },
			issuedAt: expect.any(String) as string
		});
		const own = () => certificates.forHolder(db, run.trainee, run.number);
		await certificates.share(db, await own(), { showsName: true, workId: null });
		expect(await certificates.forVerifying(db, run.number)).toMatchObject({
			holderName: run.trainee.displayName
		});
		await certificates.share(db, await own(), { showsName: false, workId: null });
		expect(await certificates.forVerifying(db, run.number)).toMatchObject({ holderName: null });
		const seen = await issuing.forRevoking(db, run.staff, run.number);
		expect((await issuing.eventsOf(db, seen)).map(({ kind, note }) => `${kind} ${note}`)).toEqual([
			...['showing ', 'showing name'],
			'issued '
		]);
	});

	test('shows a picture of work that passed, none of anybody else’s, and not once it is erased', async () => {
		const run = await aPracticeLesson(db);
		const staff = await made.aStaffMember(db);
		await watch(db, run.trainee, run.lessonId);
		const id = await handIn(db, storage, run);
		await assess(db, run.instructor, id, ['great', 'good'], 'passed');
		const number = await graduate(db, { staff, classId: run.classId, trainee: run.trainee });
		const own = await certificates.forHolder(db, run.trainee, number);
		const [photo] = await certificates.photosOf(db, own);
		await expect(certificates.pictureOf(db, number)).rejects.toThrow(NotFound);

		const other = { trainee: await made.aTrainee(db), lessonId: run.lessonId };
		await classes.join(db, other.trainee, run.classId);
		await handIn(db, storage, other);
		const foreign = await db
			.selectFrom('practice_work')
			.where('person_id', '=', other.trainee.id)
			.select('id')
			.executeTakeFirstOrThrow();
		const theirs = certificates.share(db, own, { showsName: false, workId: foreign.id });
		await expect(theirs).rejects.toBeInstanceOf(Invalid);

		await certificates.share(db, own, { showsName: false, workId: photo?.id ?? '' });
		expect(await certificates.pictureOf(db, number)).toBe(`works/${photo?.id}/photo.jpg`);
		const mine = await submissions.forOwner(db, run.trainee, id);
		const uploads = { pathOf: () => '/nowhere', forgetNotes: () => Promise.resolve() };
		await works.erase(db, { storage, uploads }, mine);
		await expect(certificates.pictureOf(db, number)).rejects.toThrow(NotFound);
		expect(await certificates.forVerifying(db, number)).toMatchObject({ hasPicture: false });
	});

	test('stays as it was issued when the course is renamed or grows', async () => {
		const { first, trainee, number } = await aGraduate();
		const course = await courses.forEditing(db, first.instructor, first.courseId);
		await courses.change(db, course, { title: '别的', summary: '', skillField: 'other' });
		const third = await made.addLesson(db, first);
		await made.makeReady(db, third);
		await made.publish(db, third);
		expect(await certificates.of(db, trainee)).toMatchObject([{ number, courseTitle: '广式月饼' }]);
	});

	test('has a number that nobody can guess and everybody can type', async () => {
		const { number } = await aGraduate();
		const group = '[2-9A-HJKMNP-Z]{4}';
		expect(number).toMatch(
			new RegExp(`^YWS-${new Date().getUTCFullYear()}-${group}-${group}-${group}$`)
		);
		const typed = `  ${number.toLowerCase()} `;
		expect(await certificates.forVerifying(db, typed)).toMatchObject({ number });
		const wrong = `${number.slice(0, -1)}${number.endsWith('2') ? '3' : '2'}`;
		expect(await certificates.forVerifying(db, wrong)).toBeUndefined();
	});

	test('is shown as a whole, and shared, by its holder only', async () => {
		const { trainee, number } = await aGraduate();
		expect(await certificates.forHolder(db, trainee, number)).toMatchObject({ number });
		const stranger = certificates.forHolder(db, await made.aTrainee(db), number);
		await expect(stranger).rejects.toBeInstanceOf(NotFound);
	});

	test('is not issued for a course without a published lesson', async () => {
		const taught = await made.aPublishedLesson(db);
		const { staff, classId } = await made.aClass(db, taught.courseId);
		const trainee = await made.aTrainee(db);
		await classes.join(db, trainee, classId);
		await made.withdraw(db, taught);
		expect(await issue({ staff, classId }, 'everybody ready')).toBe(0);
	});
});
