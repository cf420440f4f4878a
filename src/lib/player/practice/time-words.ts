/** Spans of time for eyes at a distance and in words. */
import * as m from '#lib/words/compiled/messages.js';
import { clockTime } from '../time.ts';

/** `20 分钟`, `1 分 30 秒`, `45 秒`. */
export function spanWords(ms: number): string {
	const all = Math.round(ms / 1000);
	const [minutes, seconds] = [Math.floor(all / 60), all % 60];
	if (minutes === 0) return m.practice_seconds({ seconds });
	if (seconds === 0) return m.practice_minutes({ minutes });
	return m.practice_minutes_seconds({ minutes, seconds });
}

/** What is left; `0:00` only when nothing is. */
export const leftDigits = (ms: number): string => clockTime(Math.ceil(ms / 1000) * 1000);
