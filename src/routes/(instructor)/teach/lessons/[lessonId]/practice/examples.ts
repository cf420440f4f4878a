/** Tasks to begin with, in the language of whoever writes: three criteria × three levels. */
import { blankCriterion, type RawCriterion, type RawTask } from '#lib/domain/practice-form.ts';
import * as m from '#lib/words/compiled/messages.js';

type Told = Pick<RawCriterion, 'title' | 'great' | 'good' | 'notYet'>;
const criterion = (told: Told, isMust = false): RawCriterion => ({
	...blankCriterion(),
	...told,
	isMust: isMust ? 'yes' : ''
});

/** Without it no food may be sold, whatever it looks like. */
const clean = () =>
	criterion(
		{
			title: m.task_clean(),
			great: m.task_clean_great(),
			good: m.task_clean_good(),
			notYet: m.task_clean_notYet()
		},
		true
	);

const mooncake = (): RawTask => ({
	...{ title: m.task_mooncake_title(), instructions: m.task_mooncake_how() },
	...{ photos: '2', videos: '1', passPoints: '6', assessors: '1' },
	criteria: [
		criterion({
			title: m.task_mooncake_skin(),
			great: m.task_mooncake_skin_great(),
			good: m.task_mooncake_skin_good(),
			notYet: m.task_mooncake_skin_notYet()
		}),
		criterion({
			title: m.task_mooncake_pattern(),
			great: m.task_mooncake_pattern_great(),
			good: m.task_mooncake_pattern_good(),
			notYet: m.task_mooncake_pattern_notYet()
		}),
		clean()
	]
});

const any = (): RawTask => ({
	...{ title: m.task_any_title(), instructions: m.task_any_how() },
	...{ photos: '2', videos: '1', passPoints: '6', assessors: '1' },
	criteria: [
		criterion({
			title: m.task_any_looks(),
			great: m.task_any_looks_great(),
			good: m.task_any_looks_good(),
			notYet: m.task_any_looks_notYet()
		}),
		criterion({
			title: m.task_any_steps(),
			great: m.task_any_steps_great(),
			good: m.task_any_steps_good(),
			notYet: m.task_any_steps_notYet()
		}),
		clean()
	]
});

const blank = (): RawTask => ({
	...{ title: '', instructions: '', photos: '1', videos: '0', passPoints: '', assessors: '1' },
	criteria: []
});

const examples: Record<string, () => RawTask> = { mooncake, any, blank };

/** What an address asks to begin with (`?begin=mooncake`); undefined for what there is none of. */
export const exampleFor = (name: string | null): RawTask | undefined =>
	name !== null && Object.hasOwn(examples, name) ? examples[name]?.() : undefined;
