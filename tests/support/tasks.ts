/** Practice tasks as an instructor's form sends them. */
import * as v from 'valibot';
import { TaskInput } from '#lib/domain/practice.ts';
import { PracticeForm, type PracticeInput } from '#lib/domain/practice-form.ts';

export const TASK_FIELDS: Record<string, string> = {
	...{ baseRevision: '0', title: '做 4 个月饼', instructions: '照着视频做。' },
	...{ photos: '2', videos: '1', passPoints: '4' },
	...{ 'criteria.0.title': '皮', 'criteria.0.great': '一样薄', 'criteria.0.notYet': '露馅' },
	...{ 'criteria.1.title': '干净', 'criteria.1.isMust': 'yes' },
	...{ 'criteria.1.good': '洗了手', 'criteria.1.notYet': '没有洗手' }
};

/** That task, with some of its fields otherwise. */
export const aTask = (fields: Record<string, string> = {}): PracticeInput =>
	v.parse(PracticeForm, { ...TASK_FIELDS, ...fields });

/** The same as an archive carries it. */
export const aTaskAsArchived = (): TaskInput => v.parse(TaskInput, aTask());
