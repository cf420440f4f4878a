/** What is held about a person, as she is shown it: by what it is about, not by tables. */
export const TOPICS = [
	'account',
	'classes',
	'learning',
	'work',
	'certificates',
	'placements',
	'teaching',
	'settings'
] as const;
export type Topic = (typeof TOPICS)[number];
