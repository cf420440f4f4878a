/** Who decides where two assess one piece of work: two who agree, or the majority with a third. */
import { type Result, RESULTS } from './assessing.ts';

/** Two of three, or both of two. */
const AGREEING = 2;

/** What is decided by what was given so far; undefined: nothing yet. */
export const decisionOf = (given: readonly Result[]): Result | undefined =>
	RESULTS.find((result) => given.filter((one) => one === result).length >= AGREEING);

/** How many are to be heard, as far as can be told: a third only where two do not agree. */
export const askedFor = (given: readonly Result[]): 2 | 3 =>
	given.length >= AGREEING && decisionOf(given.slice(0, AGREEING)) === undefined ? 3 : 2;

/** How far it has come, for those who wait: numbers of people, never what any of them thinks. */
export type Hearing = {
	/** Have given their assessment. */
	given: number;
	/** Have begun to look, and not given it yet. */
	looking: number;
	/** How many are to be heard. */
	asked: 2 | 3;
};
