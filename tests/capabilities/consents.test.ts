/** Whoever is to be seen in a lesson has to agree first, to the films it has. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';

const PAPER = { who: 'other', personName: '示例师傅', means: 'paper' } as const;
const NOBODY = { who: 'nobody', personName: '', means: '' } as const;
const MYSELF = { who: 'myself', personName: '', means: '' } as const;

onBothDatabases('consent', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const edit = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	const needs = (taught: made.Taught) => publication.needs(db, { id: taught.lessonId });
	const aReadyLesson = async (wishes: Parameters<typeof made.aCourseWithLesson>[1] = {}) => {
		const taught = await made.aCourseWithLesson(db, wishes);
		await made.makeReady(db, taught);
		return taught;
	};

	test('who takes it back is gone for trainees at once, until there is another video', async () => {
		const taught = await made.aPublishedLesson(db);
		const lesson = await edit(taught);
		await consents.record(db, lesson, taught.instructor, PAPER);
		const other = (await consents.ofLesson(db, lesson)).find(({ who }) => who === 'other');
		await consents.withdraw(db, lesson, taught.instructor, other?.id ?? '');
		expect(await publication.current(db, taught.lessonId)).toBeUndefined();
		expect(await needs(taught)).toEqual(['consent_withdrawn']);
		await consents.record(db, lesson, taught.instructor, PAPER);
		expect(await needs(taught)).toEqual(['consent_withdrawn']);
		await made.aReadyTrack(db, taught);
		expect(await needs(taught)).not.toContain('consent_withdrawn');
	});

	test('another film asks for it again, and whoever agreed says so of the new one', async () => {
		const taught = await aReadyLesson({ teachingMode: 'spoken_with_sign_track' });
		const lesson = await edit(taught);
		expect(await needs(taught)).toEqual([]);
		await made.aReadyTrack(db, taught, 'sign');
		expect(await needs(taught)).toEqual(['consent_outdated', 'review_outdated']);
		expect(await consents.ofLesson(db, lesson)).toMatchObject([{ isAboutAll: false }]);
		await made.consentToFilming(db, taught);
		await made.consentToFilming(db, taught);
		expect(await needs(taught)).toEqual(['review_outdated']);
		const noted = await consents.ofLesson(db, lesson);
		expect(noted).toMatchObject([{ who: 'myself', isAboutAll: true }]);
		await consents.withdraw(db, lesson, taught.instructor, noted[0]?.id ?? '');
		const all = await db
			.selectFrom('filming_consent')
			.where('lesson_id', '=', taught.lessonId)
			.select('withdrawn_at')
			.execute();
		expect(all.map(({ withdrawn_at }) => withdrawn_at !== null)).toEqual([true, true]);
	});

	test('that only hands are to be seen is no word of whoever signs', async () => {
		const taught = await aReadyLesson({ teachingMode: 'silent_demonstration' });
		const lesson = await edit(taught);
		await db.deleteFrom('filming_consent').where('lesson_id', '=', lesson.id).execute();
		await consents.record(db, lesson, taught.instructor, NOBODY);
		expect(await needs(taught)).toEqual(['consent_of_signer']);
		await consents.record(db, lesson, taught.instructor, PAPER);
		expect(await needs(taught)).toEqual([]);
		await made.aReadyTrack(db, taught);
		expect(await needs(taught)).toContain('consent_outdated');
		await consents.record(db, lesson, taught.instructor, NOBODY);
		expect(await needs(taught)).not.toContain('consent_outdated');
		expect(await needs(taught)).not.toContain('consent_of_signer');
	});

	test('where the only film is signed, nobody can say that nobody is to be seen', async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await edit(taught);
		const saying = consents.record(db, lesson, taught.instructor, NOBODY);
		await expect(saying).rejects.toMatchObject({
			problems: { who: { code: 'consent_of_signer' } }
		});
		expect(await consents.ofLesson(db, lesson)).toEqual([]);
	});

	test('said twice it is noted once; nobody else can take it back', async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await edit(taught);
		for (const consent of [MYSELF, MYSELF, PAPER, PAPER])
			await consents.record(db, lesson, taught.instructor, consent);
		const noted = await consents.ofLesson(db, lesson);
		expect(noted).toMatchObject([
			{ who: 'myself', personName: taught.instructor.displayName, means: 'account' },
			{ who: 'other', personName: '示例师傅', means: 'paper' }
		]);
		const elsewhere = await made.aCourseWithLesson(db);
		const [mine] = noted;
		await consents.withdraw(db, await edit(elsewhere), elsewhere.instructor, mine?.id ?? '');
		expect((await consents.ofLesson(db, lesson)).map((one) => one.withdrawnAt)).toEqual([
			...[null, null]
		]);
	});
});
