/** What the demo's trainees are to make with their own hands. */
import type { PracticeInput } from '#lib/domain/practice-form.ts';

type Criterion = PracticeInput['criteria'][number];
const criterion = (
	title: string,
	[great, good, notYet]: [great: string, good: string, notYet: string],
	isMust = false
): Criterion => ({
	...{ id: null, title, isMust },
	levels: [
		{ level: 'great', description: great },
		{ level: 'good', description: good },
		{ level: 'notYet', description: notYet }
	]
});

export const TASK: PracticeInput = {
	...{ baseRevision: 0, title: '做 4 个月饼', instructions: '照着视频做。4 个一样大。' },
	...{ photos: 2, videos: 1, passPoints: 6 },
	criteria: [
		criterion('皮', ['一样薄，不露馅', '有的地方厚，不露馅', '裂了，露出馅']),
		criterion('花纹和颜色', [
			'花纹清楚，一样金黄',
			'花纹看得清，颜色深浅不一',
			'花纹看不清，或者烤黑了'
		]),
		criterion('干净', ['洗了手，戴帽子，台面干净', '洗了手，台面有点乱', '没有洗手'], true)
	]
};
