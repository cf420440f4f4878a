import type { Database } from '../database/database.ts';

const certificates = (db: Database) =>
	db
		.selectFrom('certificate')
		.innerJoin('person', 'person.id', 'certificate.person_id')
		.where('certificate.revoked_at', 'is', null)
		.where('person.erased_at', 'is', null)
		.select([
			'person.id as personId',
			'person.display_name as displayName',
			'certificate.number',
			'certificate.course_title as courseTitle',
			'certificate.issued_at as issuedAt'
		])
		.orderBy('certificate.issued_at', 'desc')
		.orderBy('certificate.number');

/** Every certificate that holds, newest first; a graduate may have several. */
export const standingCertificates = (db: Database) => certificates(db).execute();

export const standingCertificatesOf = (db: Database, personId: string) =>
	certificates(db).where('person.id', '=', personId).execute();

export const isGraduate = async (db: Database, personId: string): Promise<boolean> =>
	(await standingCertificatesOf(db, personId)).length > 0;
