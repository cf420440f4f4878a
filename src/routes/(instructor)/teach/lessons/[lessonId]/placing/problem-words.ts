/** What is wrong with where the signer stands, in the words in which the server would refuse it. */
import type { PlacingProblem } from '#lib/domain/placing.ts';
import * as m from '#lib/words/compiled/messages.js';

const WORDS: Record<PlacingProblem['code'], (values: { end: string }) => string> = {
	sign_outside: m.problem_sign_outside,
	piece_outside_lesson: m.problem_piece_outside_lesson,
	piece_outside_sign: m.problem_piece_outside_sign,
	piece_overlaps: m.problem_piece_overlaps,
	piece_backwards: m.problem_piece_backwards,
	piece_sign_twice: m.problem_piece_sign_twice,
	piece_over_end: m.problem_piece_over_end,
	piece_over_sign_end: m.problem_piece_over_sign_end,
	piece_too_short: m.problem_piece_too_short
};

export const sentencesOf = (
	problems: Readonly<Record<string, PlacingProblem>>
): Record<string, string> =>
	Object.fromEntries(
		Object.entries(problems).map(([field, { code, values }]) => [
			field,
			WORDS[code](values ?? { end: '' })
		])
	);
