/** The docks' names, in the order of `DOCKS`. */
import * as m from '#lib/words/compiled/messages.js';

export const DOCK_WORDS = [
	...[m.stage_dock_1, m.stage_dock_2, m.stage_dock_3, m.stage_dock_4],
	...[m.stage_dock_6, m.stage_dock_7, m.stage_dock_8, m.stage_dock_9]
];
