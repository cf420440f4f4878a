/** The word that stands beside each safety sign. */
import * as m from '#lib/words/compiled/messages.js';
import type { PictogramName } from './pictograms.ts';

const words: Record<PictogramName, () => string> = {
	hot: m.steps_hazard_hot,
	sharp: m.steps_hazard_sharp,
	electric: m.steps_hazard_electric,
	machine: m.steps_hazard_machine,
	slippery: m.steps_hazard_slippery,
	hygiene: m.steps_hazard_hygiene,
	allergen: m.steps_hazard_allergen
};
export const pictogramWord = (name: PictogramName): string => words[name]();
