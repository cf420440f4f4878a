/**
 * The demo's course as data: its lessons with what an instructor would mark on them, and the words
 * of its trade. Times fit the films (`film/timeline.ts`) and their captions.
 */
import type { MaterialsInput, Unit } from '#lib/domain/materials.ts';
import type { PracticeInput } from '#lib/domain/practice-form.ts';
import type { TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import type { AreaInput, StepInput, TurnInput } from '#lib/domain/timeline.ts';
import { TASK } from './task.ts';

export type DemoLesson = {
	title: string;
	summary: string;
	teachingMode: TeachingMode;
	files: Partial<Record<TrackKind, string>>;
	captions: string;
	steps: StepInput[];
	turns: TurnInput[];
	areas: AreaInput[];
	madeOf: MaterialsInput;
	task?: PracticeInput;
};

const MINUTE_MS = 60_000;

/** `[start, end]` in ms, then left, top, width and height in thousandths. */
const area = (
	[startMs, endMs]: [number, number],
	[x, y, width, height]: [number, number, number, number]
): AreaInput => ({ startMs, endMs, x, y, width, height });

const material = (name: string, amount: number | null, unit: Unit | null, note = '') => ({
	...{ kind: 'material' as const, name, amount: amount && amount * 1000, unit, note }
});
const tool = (name: string, note = '') => ({
	...{ kind: 'tool' as const, name, amount: null, unit: null, note }
});

export const LESSONS: DemoLesson[] = [
	{
		title: '做月饼：4 步',
		summary: '和面、包馅、脱模、烘烤。',
		teachingMode: 'spoken_with_sign_track',
		files: { demonstration: 'demonstration.mp4', sign: 'sign.mp4' },
		captions: 'demonstration',
		steps: [
			{
				...{ title: '和面', startMs: 3300, endMs: 12_000, pictureAtMs: 7000 },
				note: '糖浆倒在中间，慢慢揉。',
				hazards: ['hygiene', 'allergen']
			},
			{
				...{ title: '包馅', startMs: 12_000, endMs: 21_000, pictureAtMs: 16_500 },
				note: '口要收紧，不能露馅。'
			},
			{
				...{ title: '脱模', startMs: 21_000, endMs: 30_000, pictureAtMs: 28_500 },
				note: '先压平，再敲。不要硬拉。'
			},
			{
				...{ title: '烘烤', startMs: 30_000, endMs: 40_000, pictureAtMs: 35_000 },
				note: '烤箱很烫！戴好手套。',
				hazards: ['hot'],
				timer: { label: '烘烤', durationMs: 20 * MINUTE_MS }
			}
		],
		turns: [
			{ startMs: 3000, endMs: 5700 },
			{ startMs: 5700, endMs: 8400 },
			{ startMs: 8400, endMs: 12_000 },
			{ startMs: 12_000, endMs: 14_700 },
			{ startMs: 14_700, endMs: 18_000 },
			{ startMs: 18_000, endMs: 21_000 },
			{
				...{ startMs: 21_000, endMs: 26_000 },
				sign: { startMs: 21_000, endMs: 25_000 }
			},
			{
				...{ startMs: 26_000, endMs: 30_000 },
				sign: { startMs: 27_700, endMs: 30_000 }
			},
			{ startMs: 30_000, endMs: 33_400 },
			{ startMs: 33_400, endMs: 36_000 },
			{ startMs: 36_000, endMs: 40_000 }
		],
		areas: [
			area([3000, 8400], [330, 270, 400, 730]),
			area([8400, 12_000], [220, 300, 560, 700]),
			area([12_000, 14_700], [340, 250, 600, 750]),
			area([14_700, 18_000], [320, 260, 400, 740]),
			area([18_000, 21_000], [320, 300, 400, 700]),
			area([21_000, 27_600], [340, 180, 320, 820]),
			area([30_000, 33_400], [190, 180, 570, 820]),
			area([33_400, 37_800], [190, 360, 570, 560])
		],
		madeOf: {
			...{ count: 12, product: '月饼' },
			rows: [
				material('低筋面粉', 200, 'g'),
				material('转化糖浆', 150, 'g'),
				material('花生油', 50, 'g'),
				material('枧水', 4, 'g', '没有就用小苏打水'),
				material('莲蓉馅', 420, 'g'),
				material('鸡蛋', 1, 'piece', '刷在面上'),
				material('干面粉', null, null, '防粘'),
				tool('月饼模具', '50 克'),
				tool('厨房秤'),
				tool('烤箱'),
				tool('手套', '烤箱很烫')
			]
		},
		task: TASK
	},
	{
		title: '手语授课：揉面',
		summary: '老师一边打手语，一边揉面。',
		teachingMode: 'signed_at_source',
		files: { demonstration: 'signed-at-source.mp4' },
		captions: 'signed-at-source',
		steps: [
			{
				...{ title: '揉面', startMs: 1600, endMs: 11_000, pictureAtMs: 8500 },
				note: '用手掌推，不用手指。'
			},
			{
				...{ title: '擀开', startMs: 11_000, endMs: 22_000, pictureAtMs: 17_500 },
				note: '从中间往外，厚薄一样。'
			}
		],
		turns: [],
		areas: [
			area([5600, 10_800], [540, 380, 440, 620]),
			area([15_000, 20_000], [540, 300, 440, 700])
		],
		madeOf: {
			...{ count: 12, product: '饼皮' },
			rows: [
				material('低筋面粉', 200, 'g'),
				material('水', 100, 'ml', '温水'),
				material('盐', null, null),
				tool('擀面杖'),
				tool('案板')
			]
		}
	}
];

export type DemoTerm = {
	term: string;
	variants: string[];
	explanation: string;
	/** Which two seconds of the sign film stand for its sign, in seconds. They are no real sign. */
	clipAt: number;
};

export const TERMS: DemoTerm[] = [
	{ term: '面粉', variants: ['flour'], explanation: '麦子磨成的粉。', clipAt: 3.3 },
	{ term: '糖浆', variants: ['syrup'], explanation: '糖和水煮成的汁。', clipAt: 4.2 },
	{ term: '揉面', variants: ['揉成', 'knead'], explanation: '用手把面压匀。', clipAt: 5.9 },
	{ term: '饼皮', variants: ['圆片', 'round sheet'], explanation: '月饼外面的一层。', clipAt: 9 },
	{ term: '馅料', variants: ['馅', 'filling'], explanation: '包在月饼里面的。', clipAt: 12.6 },
	{ term: '模具', variants: ['mould'], explanation: '把月饼压成形。', clipAt: 21.8 },
	{ term: '花纹', variants: ['pattern'], explanation: '月饼上面的图案。', clipAt: 27.8 },
	{ term: '烤箱', variants: ['oven'], explanation: '烤月饼的电器。很烫！', clipAt: 30.6 }
];
export const CLIP_SECONDS = 2;
