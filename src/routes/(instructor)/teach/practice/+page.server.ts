import { NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../answering.ts';
import { minute } from '../../../days.ts';
import { waitingWords } from '../../../handed-in/shown.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const { waiting, answered } = await assessing.queue(locals.app.db, locals.actor);
	const at = now();
	const shown = (row: (typeof waiting)[number]) => ({
		...{ id: row.id, round: row.round, state: row.state, personName: row.personName },
		...{ lessonTitle: row.lessonTitle, taskTitle: row.taskTitle, classTitle: row.classTitle },
		...{ lookingByName: row.lookingByName, isSeen: row.seenAt !== null },
		sentOn: row.sentAt === null ? '' : minute(row.sentAt, getLocale()),
		waiting: row.sentAt === null ? '' : waitingWords(row.sentAt, at)
	});
	return {
		waiting: waiting.map(shown),
		answered: answered.map(shown),
		isDone: url.searchParams.has('done')
	};
});
