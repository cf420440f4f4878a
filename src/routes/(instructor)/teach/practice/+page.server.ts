import { NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import * as queue from '#lib/server/practice/queue.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../answering.ts';
import { minute } from '../../../days.ts';
import { hearingWords, waitingWords } from '../../../handed-in/shown.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const { mine, others, answered } = await queue.ofInstructor(locals.app.db, locals.actor);
	const at = now();
	const shown = ({ appeal, hearing, ...row }: queue.Waiting) => {
		const since = appeal?.askedAt ?? row.sentAt;
		return {
			...{ id: row.id, round: row.round, state: row.state, personName: row.personName },
			...{ lessonTitle: row.lessonTitle, taskTitle: row.taskTitle, classTitle: row.classTitle },
			lookingByName: appeal ? appeal.lookingByName : row.lookingByName,
			...{ isSeen: row.seenAt !== null, isAppeal: appeal !== undefined },
			hearing: hearing && hearingWords(hearing),
			sentOn: row.sentAt === null ? '' : minute(row.sentAt, getLocale()),
			waiting: since === null ? '' : waitingWords(since, at)
		};
	};
	return {
		mine: mine.map(shown),
		others: others.map(shown),
		answered: answered.map(shown),
		done: url.searchParams.has('done')
			? 'told'
			: url.searchParams.has('given')
				? 'given'
				: undefined
	};
});
