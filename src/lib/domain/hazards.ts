/** What can hurt somebody, or spoil the food, in a step: told by a drawing and a word. */

export const HAZARDS = [
	'hot',
	'sharp',
	'electric',
	'machine',
	'slippery',
	'hygiene',
	'allergen'
] as const;
export type Hazard = (typeof HAZARDS)[number];
