/** Words for how well something was done, and what is to be shown of it. */
import type { Level } from '#lib/domain/practice.ts';
import * as m from '#lib/words/compiled/messages.js';

const levels: Record<Level, () => string> = {
	great: m.task_level_great,
	good: m.task_level_good,
	nearly: m.task_level_nearly,
	notYet: m.task_level_notYet
};
export const levelWord = (level: Level): string => levels[level]();
