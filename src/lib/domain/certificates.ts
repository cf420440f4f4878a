/** Certificates of completion (结业证书): what stands between a trainee and hers, and what is said of it. */
import * as v from 'valibot';
import { type GridCell, isDone } from './class-grid.ts';
import { lines, MAX_REASON, withoutPersonalNumber } from './fields.ts';

export type CertificateEventKind = 'issued' | 'revoked' | 'showing';

export type Missing = {
	lessonId: string;
	/** The video is still to be watched to where the rule asks. */
	isToWatch: boolean;
	/** All else is done: steps are still to be practised. */
	isToPractise: boolean;
	/** How far the lesson's task is, where it is not passed yet; null: there is none, or it is. */
	task: Exclude<GridCell['task'], 'passed'>;
};

/** What each lesson still needs; empty: all is done, and there is something that was done. */
export const missingOf = (cells: readonly (GridCell & { lessonId: string })[]): Missing[] =>
	cells
		.filter((cell) => !isDone(cell))
		.map(({ lessonId, isWatched, isTaskAsked, task: state }) => {
			const task = !isTaskAsked || state === 'passed' ? null : state;
			return {
				lessonId,
				isToWatch: !isWatched,
				isToPractise: isWatched && task === null,
				task
			};
		});

/** Nobody completes a course that has nothing to learn. */
export const isReady = (cells: readonly (GridCell & { lessonId: string })[]): boolean =>
	cells.length > 0 && missingOf(cells).length === 0;

/** A certificate's number as it is kept, however it was typed. */
export const numberFrom = (typed: string): string => typed.trim().toUpperCase();

export const RevokeForm = v.object({
	reason: v.pipe(lines(MAX_REASON), v.minLength(1, 'required'), withoutPersonalNumber)
});

/** What anybody may see who has the number; a box that is not ticked is not sent. */
export const SharingForm = v.object({
	showsName: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value === 'yes')
	),
	workId: v.pipe(
		v.optional(
			v.union([v.literal(''), v.pipe(v.string(), v.uuid('choose_one'))], 'choose_one'),
			''
		),
		v.transform((value) => (value === '' ? null : value))
	)
});
export type Sharing = v.InferOutput<typeof SharingForm>;

/** A list says so much of everybody's certificates that one bit tells nothing of whose it is. */
export const STATUS_LIST_LENGTH = 131_072;
/** Fuller ones would make a free place hard to find by chance. */
export const STATUS_LIST_FULL = STATUS_LIST_LENGTH / 2;
