/** Words for amounts. */
import type { Amount } from '#lib/domain/amounts.ts';
import { figureOf } from '#lib/domain/amounts.ts';
import type { Unit } from '#lib/domain/materials.ts';
import * as m from '#lib/words/compiled/messages.js';

const units: Record<Unit, () => string> = {
	g: m.signs_unit_g,
	kg: m.signs_unit_kg,
	ml: m.signs_unit_ml,
	l: m.signs_unit_l,
	piece: m.signs_unit_piece,
	sheet: m.signs_unit_sheet,
	bag: m.signs_unit_bag,
	spoon: m.signs_unit_spoon,
	teaspoon: m.signs_unit_teaspoon,
	cup: m.signs_unit_cup
};

export const unitWord = (unit: Unit): string => units[unit]();

/** 250 克 */
export const amountWords = (amount: Amount): string =>
	`${figureOf(amount)} ${unitWord(amount.unit)}`;
