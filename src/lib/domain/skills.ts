/** Fields of skill a course belongs to; the list grows with the association's trades. */
export const SKILL_FIELDS = [
	'baking',
	'embroidery',
	'ecommerce',
	'livestream',
	'design',
	'other'
] as const;
export type SkillField = (typeof SKILL_FIELDS)[number];
