/**
 * Who can be recognised in a lesson and has agreed to be shown. Only those who make the lesson see
 * it; nothing else about these people is asked.
 */
import { type ConsentInput, filmedIn, isAboutAll } from '#lib/domain/consents.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './consents.queries.ts';
import * as publication from './publication.ts';
import * as versions from './versions.ts';

/**
 * Notes a consent to the films the lesson has now; said twice of the same films, it is noted once.
 * @throws Invalid when nobody is said to be seen where somebody signs
 */
export async function record(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	{ who, personName, means }: ConsentInput
): Promise<void> {
	await db.transaction().execute(async (step) => {
		if (!filmedIn(lesson.teachingMode).includes(who))
			throw new Invalid({ who: 'consent_of_signer' });
		const [all, films] = await Promise.all([
			queries.consentsOf(step, lesson.id),
			queries.filmsSent(step, lesson.id)
		]);
		const name = who === 'other' ? personName : who === 'myself' ? by.displayName : '';
		const isKnown = all.some(
			(one) =>
				one.withdrawnAt === null &&
				one.who === who &&
				one.personName === name &&
				isAboutAll(lesson.teachingMode, films, one)
		);
		if (isKnown) return;
		await queries.addConsent(step, {
			id: newId(),
			lessonId: lesson.id,
			who,
			personName: name,
			means: who === 'other' && means !== '' ? means : 'account',
			recordedBy: by.id,
			at: now()
		});
	});
}

/**
 * Those that stand, and those taken back, oldest first; whoever agreed again stands in it once.
 * `isAboutAll`: whether it was noted when all films of the lesson were there.
 */
export async function ofLesson(db: Database, lesson: EditableLesson) {
	const [all, films] = await Promise.all([
		queries.consentsOf(db, lesson.id),
		queries.filmsSent(db, lesson.id)
	]);
	const isSame = (one: (typeof all)[number]) => (other: (typeof all)[number]) =>
		one.who === other.who && one.personName === other.personName;
	return all
		.filter((one, index) => !all.slice(index + 1).some(isSame(one)))
		.map((one) => ({ ...one, isAboutAll: isAboutAll(lesson.teachingMode, films, one) }));
}

/**
 * Somebody no longer wants to be shown: from this moment trainees do not see the lesson, until it
 * has other videos; nor does a class that began earlier see its earlier version ever again. A second time it changes nothing.
 */
export async function withdraw(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	id: string
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const given = (await queries.consentsOf(step, lesson.id)).find((one) => one.id === id);
		if (!given || !(await queries.withdrawConsent(step, lesson.id, given, by.id, now()))) return;
		await publication.withdraw(step, lesson, by);
		await versions.withholdAll(step, lesson.id);
	});
}
