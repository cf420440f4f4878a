/**
 * Who can be recognised in a lesson and has agreed to be shown. Only those who make the lesson see
 * it; nothing else about these people is asked.
 */
import type { ConsentInput } from '#lib/domain/consents.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import * as queries from './consents.queries.ts';
import * as publication from './publication.ts';
import * as versions from './versions.ts';

/** Notes a consent; that one is to be seen oneself, or nobody, is said once. */
export async function record(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	{ who, personName, means }: ConsentInput
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const all = await queries.consentsOf(step, lesson.id);
		const name = who === 'other' ? personName : who === 'myself' ? by.displayName : '';
		const isKnown = all.some(
			(one) => one.withdrawnAt === null && one.who === who && one.personName === name
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

/** Those that stand, and those taken back, oldest first. */
export const ofLesson = (db: Database, lesson: EditableLesson) => queries.consentsOf(db, lesson.id);

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
		if (!(await queries.withdrawConsent(step, lesson.id, id, by.id, now()))) return;
		await publication.withdraw(step, lesson, by);
		await versions.withholdAll(step, lesson.id);
	});
}
