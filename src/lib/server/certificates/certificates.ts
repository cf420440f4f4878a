/** Certificates of completion (结业证书): issued here, once a person and course. */
import type { PersonActor } from '../access/actor.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { newId, newReadableCode, now } from '../ids.ts';
import * as queries from './certificates.queries.ts';

/** e.g. YWS-2026-7KQM-D4XT-9RWE: 31¹² numbers, so that none can be found by guessing. */
const newNumber = (year: number): string => {
	const groups = [0, 1, 2].map(() => newReadableCode(4));
	return `YWS-${year}-${groups.join('-')}`;
};

/** Issues the certificate when every published lesson of the course is completed; once. */
export async function issueWhenComplete(
	db: Database,
	holder: PersonActor,
	courseId: string
): Promise<void> {
	const course = await queries.completionOf(db, holder.id, courseId);
	if (!course || course.lessonCount === 0 || course.completedCount < course.lessonCount) return;
	const issuedAt = now();
	try {
		await queries.addCertificate(db, {
			id: newId(),
			number: newNumber(new Date(issuedAt).getUTCFullYear()),
			personId: holder.id,
			courseId,
			holderName: holder.displayName,
			courseTitle: course.title,
			issuedAt
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // he has it
	}
}

/** A person's certificates, newest first. */
export const of = (db: Database, holder: PersonActor) => queries.certificatesOf(db, holder.id);

/**
 * What anybody who holds the number may see.
 * @throws NotFound when there is no such certificate
 */
export async function forVerifying(db: Database, number: string) {
	const certificate = await queries.certificateByNumber(db, number.trim().toUpperCase());
	if (!certificate) throw new NotFound();
	return certificate;
}

/** His own certificate, for showing and printing. */
export async function forHolder(db: Database, holder: PersonActor, number: string) {
	const certificate = await forVerifying(db, number);
	if (certificate.personId !== holder.id) throw new NotFound();
	return certificate;
}
