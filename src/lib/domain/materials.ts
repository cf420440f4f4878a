/** What a lesson is made of (with amounts) and with (tools), and the amounts for another number. */
import * as v from 'valibot';
import { line, lines, oneOf } from './fields.ts';

export const MATERIAL_KINDS = ['material', 'tool'] as const;
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

/** `some` has no figure: 适量. */
export const UNITS = [
	...([
		'g',
		'kg',
		'ml',
		'l',
		'piece',
		'sheet',
		'spoon',
		'teaspoon',
		'cup',
		'pinch',
		'some'
	] as const)
] as const;
export type Unit = (typeof UNITS)[number];
