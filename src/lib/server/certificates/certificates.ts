/** Certificates of completion (结业证书): issued here, one that holds for each person and course. */
import { numberFrom, type Sharing } from '#lib/domain/certificates.ts';
import type { PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { photoOf } from '../practice/places.ts';
import * as queries from './certificates.queries.ts';

export type Certificate = NonNullable<Awaited<ReturnType<typeof queries.certificateByNumber>>>;
export type OwnCertificate = Authorized<Certificate & { readonly by: string }, 'share'>;

/** A person's certificates, newest first; those that were revoked among them. */
export const of = (db: Database, holder: PersonActor) => queries.certificatesOf(db, holder.id);

/**
 * The certificate behind a number, as people type it. For those who may know all of it.
 * @throws NotFound when there is no such certificate
 */
export async function byNumber(db: Database, number: string): Promise<Certificate> {
	const certificate = await queries.certificateByNumber(db, numberFrom(number));
	if (!certificate) throw new NotFound();
	return certificate;
}

/** What anybody may see who has its number: no more than its holder agreed to. */
export type Shown = {
	number: string;
	courseTitle: string;
	association: string;
	issuedAt: string;
	isRevoked: boolean;
	holderName: string | null;
	hasPicture: boolean;
};

/** @returns undefined when there is no such certificate */
export async function forVerifying(db: Database, number: string): Promise<Shown | undefined> {
	const found = await queries.certificateByNumber(db, numberFrom(number));
	if (!found) return undefined;
	const isRevoked = found.revokedAt !== null;
	return {
		...{ number: found.number, courseTitle: found.courseTitle, association: found.association },
		...{ issuedAt: found.issuedAt, isRevoked },
		// Of what no longer holds nothing more is told than that.
		holderName: found.showsName && !isRevoked ? found.holderName : null,
		hasPicture: (await shownPhoto(db, found)) !== undefined
	};
}

async function shownPhoto(db: Database, certificate: Certificate) {
	const { shownWorkId, personId, courseId, revokedAt } = certificate;
	if (shownWorkId === null || revokedAt !== null) return undefined;
	// Asked each time: work that was erased since is shown no longer.
	const photos = await queries.passedPhotosOf(db, personId, courseId);
	return photos.find(({ id }) => id === shownWorkId);
}

/**
 * Where the picture lies that its holder agreed to show to everybody.
 * @throws NotFound when nothing is shown
 */
export async function pictureOf(db: Database, number: string): Promise<string> {
	const photo = await shownPhoto(db, await byNumber(db, number));
	if (!photo) throw new NotFound();
	return photoOf(photo.id);
}

/**
 * His own certificate, for showing, printing, and deciding what others see.
 * @throws NotFound when it is not there, or not his
 */
export async function forHolder(
	db: Database,
	holder: PersonActor,
	number: string
): Promise<OwnCertificate> {
	const certificate = await byNumber(db, number);
	if (certificate.personId !== holder.id) throw new NotFound();
	return grant({ ...certificate, by: holder.id }, 'share');
}

/** Pictures of his work among which he may choose one to be seen with it. */
export const photosOf = (db: Database, { personId, courseId }: OwnCertificate) =>
	queries.passedPhotosOf(db, personId, courseId);

/**
 * The holder decides what the public page shows; from this moment on, and nothing else.
 * @throws Invalid when the picture is none of his that passed in this course
 * @throws Conflict when it is revoked
 */
export async function share(
	db: Database,
	certificate: OwnCertificate,
	sharing: Sharing
): Promise<void> {
	if (certificate.revokedAt !== null) throw new Conflict('already_revoked');
	const { showsName, workId } = sharing;
	const photos = workId === null ? [] : await photosOf(db, certificate);
	if (workId !== null && !photos.some(({ id }) => id === workId))
		throw new Invalid({ workId: 'choose_one' });
	if (showsName === certificate.showsName && workId === certificate.shownWorkId) return;
	await db.transaction().execute(async (step) => {
		await queries.setSharing(step, certificate.id, sharing);
		await queries.addEvent(step, {
			...{ id: newId(), certificateId: certificate.id, kind: 'showing', by: certificate.by },
			at: now(),
			note: [...(showsName ? ['name'] : []), ...(workId === null ? [] : ['picture'])].join(' ')
		});
	});
}

/** Their numbers still say that they are real; whose they are, nobody is told any more. */
export const forgetName = (db: Database, personId: string, name: string): Promise<void> =>
	queries.forgetName(db, personId, name);
