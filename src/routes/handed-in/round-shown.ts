/** One try with its pictures and answers, as plain data for the trainee's page and the instructor's. */
import type { contentsOf } from '#lib/server/practice/assessing.ts';
import type { Submission } from '#lib/server/practice/submissions.ts';
import { minute } from '../days.ts';
import { waitingWords } from './shown.ts';
import { shownWorks } from './shown-works.ts';

type Contents = Awaited<ReturnType<typeof contentsOf>>;

/** @param at the moment up to which something has waited */
export function roundShown(of: Submission, contents: Contents, language: string, at: string) {
	const { id, round, state, revision, task, comment, sentAt, lookingByName, seenAt } = of;
	const isWaiting = sentAt !== null && (state === 'sent' || state === 'looking');
	return {
		...{ id, round, state, revision, task, comment, lookingByName },
		isSeen: seenAt !== null,
		sentOn: sentAt === null ? undefined : minute(sentAt, language),
		waiting: isWaiting ? waitingWords(sentAt, at) : undefined,
		works: shownWorks(contents.works),
		answers: contents.answers.map(({ film, assessedAt, ...answer }) => {
			const [shown] = film ? shownWorks([film]) : [];
			return { ...answer, date: minute(assessedAt, language), ...(shown && { film: shown }) };
		})
	};
}
export type ShownRound = ReturnType<typeof roundShown>;
