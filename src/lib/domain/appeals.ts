/** An appeal (申诉): a trainee asks that work which was not passed is looked at by somebody else. */
import * as v from 'valibot';
import { MAX_WORK_COMMENT } from './handing-in.ts';
import { id, lines } from './fields.ts';

/** From the answer on. */
export const APPEAL_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

/** Reasons that can be pressed: something was not seen, a level is wrong, the answer is not clear. */
export const APPEAL_REASONS = ['unseen', 'level', 'unclear'] as const;
export type AppealReason = (typeof APPEAL_REASONS)[number];

/** By signing, in writing or with one press; any of the three is enough. */
export const AppealForm = v.pipe(
	v.object({
		id,
		reason: v.optional(v.picklist(['', ...APPEAL_REASONS], 'choose_one'), ''),
		comment: lines(MAX_WORK_COMMENT),
		/** The film of what she signs, where there is one. */
		filmId: v.optional(v.union([v.literal(''), id], 'not_found'), '')
	}),
	v.forward(
		v.check(
			({ reason, comment, filmId }) => reason !== '' || comment !== '' || filmId !== '',
			'appeal_empty'
		),
		['reason']
	)
);
export type AppealInput = v.InferOutput<typeof AppealForm>;

/** Staff name somebody who assesses one piece of work, though she does not teach the course. */
export const AppointForm = v.object({
	id,
	personId: v.pipe(v.string('choose_one'), v.uuid('choose_one'))
});

/** Neither taken back nor decided. */
export const isAppealOpen = (appeal: {
	withdrawnAt: string | null;
	decidedAt: string | null;
}): boolean => appeal.withdrawnAt === null && appeal.decidedAt === null;

/** The last moment at which an answer of then can be appealed against. */
export const appealUntil = (answeredAt: string): string =>
	new Date(Date.parse(answeredAt) + APPEAL_DAYS * DAY_MS).toISOString();
