import * as certificates from '#lib/server/certificates/certificates.ts';
import { NotAllowed } from '#lib/server/errors.ts';
import * as ownCards from '#lib/server/classes/own-cards.ts';
import * as said from '#lib/server/practice/said.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../answering.ts';
import { day } from '../../days.ts';
import { namesIn } from '../../handed-in/shown.ts';
import type { PageServerLoadEvent } from './$types';

const shown = (of: said.Said | undefined) =>
	of && { ...of, assessedBy: namesIn(of.assessedBy, getLocale()) };

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotAllowed();
	const { db } = locals.app;
	const [road, handedIn, answers, cards, owned] = await Promise.all([
		progress.road(db, locals.actor),
		submissions.standingsOf(db, locals.actor),
		said.ofPerson(db, locals.actor),
		ownCards.of(db, locals.actor, undefined),
		certificates.of(db, locals.actor)
	]);
	const { erasesAt } = locals.actor;
	return {
		erasesOn: erasesAt && day(erasesAt, getLocale()),
		hasCard: cards.length > 0,
		courses: road.map(({ lessons, coverKey, ...course }) => ({
			...course,
			certificate: owned.find(
				({ courseId, revokedAt }) => courseId === course.id && revokedAt === null
			)?.number,
			cover: coverKey === null ? undefined : `/media/${coverKey}`,
			stops: lessons.map(({ trackId, digest, ...lesson }) => {
				const task = handedIn.get(lesson.id);
				const isWaiting = task?.state === 'sent' || task?.state === 'looking';
				return {
					...lesson,
					task,
					// A new try that waits hides what was said of the one before.
					said: isWaiting ? undefined : shown(answers.get(lesson.id)),
					poster:
						digest === null
							? undefined
							: tracks.addressesOf({ id: trackId, digest, hasSound: false }).poster
				};
			})
		}))
	};
});
