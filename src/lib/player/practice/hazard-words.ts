/** A word for each safety sign. */
import type { Hazard } from '#lib/domain/hazards.ts';
import * as m from '#lib/words/compiled/messages.js';

const words: Record<Hazard, () => string> = {
	hot: m.steps_hazard_hot,
	sharp: m.steps_hazard_sharp,
	electric: m.steps_hazard_electric,
	machine: m.steps_hazard_machine,
	slippery: m.steps_hazard_slippery,
	hygiene: m.steps_hazard_hygiene,
	allergen: m.steps_hazard_allergen
};
export const hazardWord = (hazard: Hazard): string => words[hazard]();
