/** Notifications: each is told to whom it concerns, once until it is read, and to nobody else. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { AppealForm } from '#lib/domain/appeals.ts';
import { EVERYBODY } from '#lib/domain/listing.ts';
import { KEPT_DAYS, kindsFor, type NotificationKind } from '#lib/domain/notifications.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import * as appeals from '#lib/server/practice/appeals.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { graduate, watch } from '../support/graduating.ts';
import { aPracticeLesson, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aPerson, aProposal, giveCertificate, step } from '../support/placing.ts';
import { aColleague, assessShare } from '../support/two-assessors.ts';

onBothDatabases('notifications', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	/** A lesson with a task, of which nobody has been told anything. */
	async function aQuietLesson() {
		const taught = await aPracticeLesson(db);
		await db.deleteFrom('notification').execute();
		return taught;
	}
	const inbox = async (who: PersonActor) => (await notifications.inboxOf(db, who, EVERYBODY)).rows;
	/** What somebody has not read, newest first: the kind and what it is about. */
	const told = async (who: PersonActor) =>
		(await inbox(who))
			.filter(({ readAt }) => readAt === null)
			.map(({ kind, subjectId, title }) => [kind, subjectId, title]);
	const mute = (who: PersonActor, ...kinds: NotificationKind[]) =>
		notifications.choose(
			db,
			who,
			Object.fromEntries(
				kindsFor(who.roles)
					.filter((kind) => !kinds.includes(kind))
					.map((kind) => [kind, 'on'])
			)
		);

	test('work that is handed in is told to those who teach; of a whole class it is one until it is read', async () => {
		const taught = await aQuietLesson();
		const { instructor, lessonId, classId, trainee } = taught;
		const colleague = await aColleague(db, taught);
		const stranger = await made.anInstructor(db);
		const other = await made.aTrainee(db);
		await classes.join(db, other, classId);
		await handIn(db, storage, taught);
		await handIn(db, storage, { trainee: other, lessonId });
		const waiting = ['work_handed_in', lessonId, expect.any(String)];
		expect(await told(instructor)).toEqual([waiting]);
		expect(await told(colleague)).toEqual([waiting]);
		for (const nobody of [stranger, trainee, other]) expect(await inbox(nobody)).toEqual([]);

		await notifications.read(db, instructor);
		expect(await told(instructor)).toEqual([]);
		expect(await inbox(instructor)).toHaveLength(1);
		expect(await told(colleague)).toEqual([waiting]);
		const third = await made.aTrainee(db);
		await classes.join(db, third, classId);
		await handIn(db, storage, { trainee: third, lessonId });
		expect(await told(instructor)).toEqual([waiting]);
		expect(await inbox(instructor)).toHaveLength(2);
	});

	test('an answer is told to its trainee, an appeal to those who have not assessed it', async () => {
		const taught = await aQuietLesson();
		const { instructor, lessonId, trainee } = taught;
		const colleague = await aColleague(db, taught);
		for (const who of [instructor, colleague]) await mute(who, 'work_handed_in');
		const id = await handIn(db, storage, taught);
		await assessShare(db, instructor, id, 'again', '皮裂了');
		expect(await told(trainee)).toEqual([['work_answered', lessonId, expect.any(String)]]);

		const own = await appeals.forAppealing(db, trainee, id);
		const asked = v.parse(AppealForm, { id, reason: 'unseen' });
		await appeals.ask(db, own, trainee, asked);
		expect(await told(colleague)).toEqual([['appeal_made', id, expect.any(String)]]);
		expect(await told(instructor)).toEqual([]);
	});

	test('a certificate is told to who gets it', async () => {
		const taught = await made.aPublishedLesson(db);
		const staff = await made.aStaffMember(db);
		const { classId } = await made.aClass(db, taught.courseId, staff);
		const trainee = await made.aTrainee(db);
		await classes.join(db, trainee, classId);
		await watch(db, trainee, taught.lessonId);
		const number = await graduate(db, { staff, classId, trainee });
		expect(await told(trainee)).toEqual([['certificate_issued', number, expect.any(String)]]);
	});

	test('a shop is told to the graduate, and what she says to it to who proposed it', async () => {
		const staff = await made.aStaffMember(db);
		const person = await aPerson(db, 'trainee', '示例毕业生');
		await giveCertificate(db, person);
		const { placementId } = await aProposal(db, { staff, graduate: person });
		expect(await told(person)).toEqual([['placement_proposed', placementId, '云月饼铺']]);
		expect(await told(staff)).toEqual([]);
		await step(db, person, 'consent', placementId);
		const answered = ['placement_answered', person.id, '示例毕业生'];
		expect(await told(staff)).toEqual([answered]);
		await step(db, person, 'show', placementId);
		await step(db, person, 'withdraw', placementId);
		expect(await told(staff)).toEqual([answered]);
	});

	test('a lesson to review is told to reviewers who do not teach it, the result to those who do', async () => {
		const instructor = await aPerson(db, 'instructor');
		const reviewer = await aPerson(db, 'reviewer');
		const taught = await made.aCourseWithLesson(db, { instructor });
		await made.makeReady(db, taught);
		const asked = (await told(reviewer)).find(([, id]) => id === taught.lessonId);
		expect(asked?.slice(0, 2)).toEqual(['review_asked', taught.lessonId]);
		expect((await told(instructor)).map(([kind, id]) => [kind, id])).toEqual([
			['review_decided', taught.lessonId]
		]);
	});

	test('what somebody does not want is not told, to nobody else is anything changed', async () => {
		const [one, other] = [await made.aTrainee(db), await made.aTrainee(db)];
		await mute(one, 'work_answered');
		expect(await notifications.choicesOf(db, one)).toContainEqual({
			kind: 'work_answered',
			isWanted: false
		});
		const about = { subjectId: 'lesson', title: '揉面' };
		await notifications.tell(db, 'work_answered', about, [one.id, other.id, other.id]);
		expect(await told(one)).toEqual([]);
		expect(await told(other)).toEqual([['work_answered', 'lesson', '揉面']]);
		await mute(one);
		await notifications.tell(db, 'work_answered', about, [one.id]);
		expect(await told(one)).toHaveLength(1);
	});

	test('only her own are hers to read; what was read long ago is forgotten', async () => {
		const [one, other] = [await made.aTrainee(db), await made.aTrainee(db)];
		const about = { subjectId: 'lesson', title: '揉面' };
		await notifications.tell(db, 'work_answered', about, [one.id, other.id]);
		const [row] = await notifications.unreadOf(db, one);
		await notifications.read(db, other, [row?.id ?? '']);
		expect(await notifications.unreadOf(db, one)).toHaveLength(1);
		await notifications.read(db, one, []);
		expect(await notifications.unreadOf(db, one)).toHaveLength(1);
		await notifications.read(db, one);
		await notifications.forgetOld(db);
		expect(await inbox(one)).toHaveLength(1);
		const longAgo = new Date(Date.now() - (KEPT_DAYS + 1) * 24 * 60 * 60_000).toISOString();
		await db
			.updateTable('notification')
			.set({ read_at: longAgo })
			.where('person_id', '=', one.id)
			.execute();
		await notifications.forgetOld(db);
		expect(await inbox(one)).toEqual([]);
		// What nobody has read waits on.
		expect(await inbox(other)).toHaveLength(1);
	});
});
