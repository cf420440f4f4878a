/** How two pictures share the stage side by side or one above the other. */

/** What the settings accept, in percent; 50 is "both at one height". */
export const SIGN_SHARES = { least: 20, most: 80 };

/**
 * The signer's part (0 to 1) of the border's way. At 50 % each picture weighs what it needs for one
 * common height (or width); other shares multiply those odds.
 */
export const partOf = (sign: number, demonstration: number, percent: number): number =>
	(sign * percent) / (sign * percent + demonstration * (100 - percent));

/** The percentage at which the signer gets this part: the inverse, within what is accepted. */
export function percentOf(sign: number, demonstration: number, part: number): number {
	const odds = ((part / (1 - part)) * demonstration) / sign;
	const percent = Number.isFinite(odds) ? (100 * odds) / (1 + odds) : 100;
	return Math.round(Math.min(Math.max(percent, SIGN_SHARES.least), SIGN_SHARES.most));
}
