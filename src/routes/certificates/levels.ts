import type { SkillLevel } from '#lib/domain/skill-levels.ts';
import * as m from '#lib/words/compiled/messages.js';

const LEVELS: Record<SkillLevel, () => string> = {
	1: m.record_level_1,
	2: m.record_level_2,
	3: m.record_level_3,
	4: m.record_level_4,
	5: m.record_level_5,
	6: m.record_level_6,
	7: m.record_level_7,
	8: m.record_level_8
};

/** What a level of the ladder is called. */
export const levelWord = (level: number): string => LEVELS[level as SkillLevel]();
