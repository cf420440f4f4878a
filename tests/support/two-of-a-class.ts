/** Somebody of a class who has done something of everything, and a classmate who has, too. */
import * as classes from '#lib/server/classes/classes.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { watch } from './graduating.ts';
import { aPracticeLesson, handIn } from './handed-in.ts';
import * as made from './people.ts';
import { aProposal, giveCertificate, step } from './placing.ts';
import { assessShare } from './two-assessors.ts';

export async function twoOfAClass(db: Database, storage: Storage) {
	const taught = await aPracticeLesson(db);
	const { instructor, lessonId, classId } = taught;
	const staff = await made.aStaffMember(db);
	const other = await made.aTrainee(db);
	await classes.join(db, other, classId);
	const numbers: string[] = [];
	for (const trainee of [taught.trainee, other]) {
		await sessions.begin(db, trainee.id, false);
		await watch(db, trainee, lessonId);
		const id = await handIn(db, storage, { trainee, lessonId }, `说明 ${trainee.id}`);
		await assessShare(db, instructor, id, 'again', `回答 ${trainee.id}`);
		numbers.push(await giveCertificate(db, trainee));
		const { placementId } = await aProposal(db, { staff, graduate: trainee });
		await step(db, trainee, 'consent', placementId);
	}
	const [number = ''] = numbers;
	/** `number`: of the trainee's certificate. */
	return { trainee: taught.trainee, other, instructor, staff, number };
}
