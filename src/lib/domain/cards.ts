/** Printed cards with which somebody signs in who need remember nothing. */

/** What may happen to a card, in the order in which it usually does. */
export const CARD_EVENTS = [
	'made',
	'bound',
	'used',
	'refused',
	'asked',
	'device_allowed',
	'revoked'
] as const;
export type CardEventKind = (typeof CARD_EVENTS)[number];

/** Cards on one sheet: more than any class of ours, and a page that a phone still shows. */
export const MAX_CARDS_A_SHEET = 200;
/** Devices one card may be used on: her phone, another one, and one at the school. */
export const MAX_DEVICES = 5;
