/** One try with its pictures and answers, as plain data for the trainee's page and the instructor's. */
import type { Levels, Pin, Result } from '#lib/domain/assessing.ts';
import type { contentsOf } from '#lib/server/practice/assessing.ts';
import type { Submission } from '#lib/server/practice/submissions.ts';
import { minute } from '../days.ts';
import { namesIn, type ShownWork, waitingWords } from './shown.ts';
import { shownWorks } from './shown-works.ts';

type Contents = Awaited<ReturnType<typeof contentsOf>>;
type Film = NonNullable<Contents['answers'][number]['film']>;

/** What one person said of it. */
export type ShownAnswer = {
	result: Result;
	levels: Levels;
	comment: string;
	pins: Pin[];
	assessedBy: string;
	film?: ShownWork;
};
/** What was decided at once: by one, or by those of several who agree. */
export type ShownDecision = {
	number: number;
	result: Result;
	/** In words. */
	date: string;
	by: string;
	answers: ShownAnswer[];
};

const filmShown = (film: Film | undefined): { film?: ShownWork } => {
	const [shown] = film ? shownWorks([film]) : [];
	return shown ? { film: shown } : {};
};

type Said = Omit<ShownAnswer, 'film'> & { film: Film | undefined };
export function answerShown({ film, ...answer }: Said): ShownAnswer {
	const { result, levels, comment, pins, assessedBy } = answer;
	return { result, levels, comment, pins, assessedBy, ...filmShown(film) };
}

/** Newest first; within one in the order in which they were given. */
function decisionsOf(answers: Contents['answers'], language: string): ShownDecision[] {
	const numbers = [...new Set(answers.map(({ decision }) => decision))];
	return numbers.flatMap((number) => {
		const its = answers.filter(({ decision }) => decision === number).reverse();
		const newest = its.at(-1);
		if (!newest) return [];
		const by = namesIn(
			its.map(({ assessedBy }) => assessedBy),
			language
		);
		const date = minute(newest.assessedAt, language);
		return { number, result: newest.result, date, by, answers: its.map(answerShown) };
	});
}

type AppealState = 'waiting' | 'looking' | 'withdrawn' | 'kept' | 'changed';
const stateOf = ({
	withdrawnAt,
	lookingBy,
	result
}: NonNullable<Contents['appeal']>): AppealState => {
	if (result !== null) return result === 'passed' ? 'changed' : 'kept';
	if (withdrawnAt !== null) return 'withdrawn';
	return lookingBy === null ? 'waiting' : 'looking';
};

function appealShown(appeal: NonNullable<Contents['appeal']>, language: string, at: string) {
	const { reason, comment, film, askedAt, lookingByName } = appeal;
	return {
		...{ reason, comment, lookingByName, state: stateOf(appeal) },
		...{ askedOn: minute(askedAt, language), waiting: waitingWords(askedAt, at) },
		...filmShown(film)
	};
}
export type ShownAppeal = ReturnType<typeof appealShown>;

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
		decisions: decisionsOf(contents.answers, language),
		appeal: contents.appeal && appealShown(contents.appeal, language, at)
	};
}
export type ShownRound = ReturnType<typeof roundShown>;
