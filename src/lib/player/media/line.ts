/** What the browser says about the line, as far as it says anything (Network Information API). */

type Connection = {
	/** Megabits a second, never told above 10. */
	downlink?: number;
	saveData?: boolean;
};

/**
 * Both pictures of a lesson at their largest take 7.7 Mbit/s (src/lib/server/transcoding/plan.ts);
 * browsers blur what they tell by a tenth.
 */
const GOOD_MEGABITS = 9;

const connection = (): Connection | undefined =>
	(navigator as Navigator & { connection?: Connection }).connection;

/** Nothing has to be shared out; false also where the browser does not say. */
export const isLineGood = (): boolean => (connection()?.downlink ?? 0) >= GOOD_MEGABITS;

/** Asked for in the browser, for all pages. */
export const savesDataEverywhere = (): boolean => connection()?.saveData === true;
