import * as certificates from '#lib/server/certificates/certificates.ts';
import * as records from '#lib/server/certificates/records.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { NotAllowed } from '#lib/server/errors.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotAllowed();
	const [own, recorded, preparing] = await Promise.all([
		certificates.of(locals.app.db, locals.actor),
		records.own(locals.app.db, locals.actor),
		courses.preparing(locals.app.db, locals.actor)
	]);
	return {
		records: recorded,
		preparing,
		certificates: own.map(({ number, courseTitle, issuedAt, revokedAt, showsName }) => ({
			...{ number, courseTitle, issuedAt, showsName },
			isRevoked: revokedAt !== null
		}))
	};
});
