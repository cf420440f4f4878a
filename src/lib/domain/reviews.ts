/** What a reviewer says of a lesson: comments at moments of it, and a verdict. */
import * as v from 'valibot';
import { id, lines, oneOf } from './fields.ts';
import { moment } from './moment.ts';
import { MAX_LESSON_MS } from './timeline.ts';

export const VERDICTS = ['approved', 'changes_requested'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const REVIEW_SUBJECTS = ['sign', 'captions', 'demonstration', 'steps'] as const;
export type ReviewSubject = (typeof REVIEW_SUBJECTS)[number];

/** Pointing at a moment is enough: many sign better than they write. */
export const MAX_COMMENT = 500;
export const MAX_COMMENTS = 200;

export const CommentForm = v.object({
	at: v.pipe(moment, v.maxValue(MAX_LESSON_MS, 'time_odd')),
	about: oneOf(REVIEW_SUBJECTS),
	text: lines(MAX_COMMENT)
});
export type CommentInput = v.InferOutput<typeof CommentForm>;

/** `seen` is what the page showed, so that nothing is approved that changed meanwhile. */
export const VerdictForm = v.object({
	verdict: oneOf(VERDICTS),
	seen: v.pipe(v.string('stale'), v.regex(/^[0-9a-f]{24}$/, 'stale'))
});

/** An instructor ticks a comment off, or takes the tick back. */
export const MendedForm = v.object({ id, isMended: oneOf(['yes', 'no']) });
