import * as v from 'valibot';
import { expect, test } from 'vitest';
import { mostPoints, TaskInput, taskAsSeen } from '#lib/domain/practice.ts';
import {
	criteriaAfter,
	fieldsOf,
	PracticeForm,
	rawCriteriaOf,
	rawTaskOf
} from '#lib/domain/practice-form.ts';
import { aTask, TASK_FIELDS } from '../support/tasks.ts';

/** Which fields are wrong, and why. */
function problemsOf(fields: Record<string, string>): Record<string, string> {
	const { issues = [] } = v.safeParse(PracticeForm, { ...TASK_FIELDS, ...fields });
	return Object.fromEntries(issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message]));
}

test('a form becomes a task: levels in their order, empty ones left out, blank criteria too', () => {
	expect(
		aTask({
			'criteria.4.title': ' ',
			'criteria.5.title': '大小',
			'criteria.5.great': '一样',
			'criteria.5.nearly': '差一点'
		})
	).toMatchObject({
		...{ title: '做 4 个月饼', photos: 2, videos: 1, passPoints: 4 },
		criteria: [
			{ title: '皮', isMust: false, levels: [{ level: 'great' }, { level: 'notYet' }] },
			{ title: '干净', isMust: true, levels: [{ level: 'good' }, { level: 'notYet' }] },
			{ title: '大小', levels: [{ level: 'great' }, { level: 'nearly' }] }
		]
	});
});

test('what is missing is said at its field', () => {
	expect(problemsOf({ title: ' ' })).toEqual({ title: 'required' });
	expect(problemsOf({ photos: '0', videos: '0' })).toEqual({ photos: 'hand_in_nothing' });
	expect(problemsOf({ photos: '7' })).toEqual({ photos: 'choose_one' });
	expect(problemsOf({ 'criteria.1.title': '' })).toEqual({ 'criteria.1.title': 'required' });
	expect(problemsOf({ 'criteria.1.good': '' })).toEqual({ 'criteria.1.title': 'levels_few' });
	expect(problemsOf({ passPoints: '0' })).toEqual({ passPoints: 'points_odd' });
	expect(problemsOf({ baseRevision: 'x' })).toEqual({ baseRevision: 'stale' });
	const none: Record<string, string> = { ...TASK_FIELDS, passPoints: '' };
	for (const name of Object.keys(none)) if (name.startsWith('criteria.')) none[name] = '';
	expect(problemsOf(none)).toEqual({ criteria: 'criteria_none' });
	const nine = Object.fromEntries(
		Array.from({ length: 9 }, (_, at) => [
			[`criteria.${at}.title`, '皮'],
			[`criteria.${at}.great`, '薄'],
			[`criteria.${at}.notYet`, '厚']
		]).flat()
	);
	expect(problemsOf(nine)).toEqual({ criteria: 'too_many_entries' });
});

test('a picture of a level is said in words: what the level looks like, and what is to be seen', () => {
	const id = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a';
	const shown = { 'criteria.0.greatPicture': id, 'criteria.0.greatAlt': '一样薄的皮' };
	expect(aTask(shown).criteria[0]?.levels[0]).toEqual({
		...{ level: 'great', description: '一样薄', picture: { id, alt: '一样薄的皮' } }
	});
	expect(problemsOf({ ...shown, 'criteria.0.greatAlt': ' ' })).toEqual({
		'criteria.0.greatAlt': 'alt_missing'
	});
	expect(problemsOf({ 'criteria.0.goodPicture': id, 'criteria.0.goodAlt': '皮' })).toEqual({
		'criteria.0.good': 'example_unsaid'
	});
	expect(problemsOf({ ...shown, 'criteria.0.greatPicture': '../x' })).toEqual({
		'criteria.0.greatPicture': 'not_found'
	});
	// Words about a picture that is not there are nobody's.
	expect(aTask({ 'criteria.0.greatAlt': '皮' }).criteria[0]?.levels[0]).not.toHaveProperty(
		'picture'
	);
	const kept = { ...aTask(shown), criteria: [] as never[] };
	const criteria = aTask(shown).criteria.map((one, at) => ({ ...one, id: String(at) }));
	expect(rawCriteriaOf(fieldsOf(rawTaskOf({ ...kept, criteria })))[0]).toMatchObject({
		...{ greatPicture: id, greatAlt: '一样薄的皮', notYetPicture: '' }
	});
});

test('nobody is asked for more points than there are', () => {
	expect(mostPoints(aTask().criteria)).toBe(3 + 2);
	expect(problemsOf({ passPoints: '5' })).toEqual({});
	expect(problemsOf({ passPoints: '6' })).toEqual({ passPoints: 'points_too_many' });
	expect(aTask({ passPoints: ' ' }).passPoints).toBeNull();
});

test('a button moves or removes a criterion, and what was typed goes with it', () => {
	const titles = (change: string) =>
		aTask({ change, passPoints: '' }).criteria.map(({ title }) => title);
	expect(titles('down.0')).toEqual(['干净', '皮']);
	expect(titles('up.1')).toEqual(['干净', '皮']);
	expect(titles('up.0')).toEqual(['皮', '干净']);
	expect(titles('remove.0')).toEqual(['干净']);
	for (const odd of ['remove.9', 'up.x', '', 'sideways.0'])
		expect(criteriaAfter(rawCriteriaOf(TASK_FIELDS), odd)).toHaveLength(2);
});

test('a kept task, sent as its form would send it, is the same task', () => {
	const { title, instructions, photos, videos, passPoints, criteria } = aTask();
	const task = {
		...{ title, instructions, photos, videos, passPoints },
		criteria: criteria.map((one) => ({ ...one, id: crypto.randomUUID() }))
	};
	const again = v.parse(PracticeForm, { ...fieldsOf(rawTaskOf(task)), baseRevision: '3' });
	expect(again).toEqual({ ...task, baseRevision: 3 });
	expect(v.parse(TaskInput, taskAsSeen(task))).toEqual(taskAsSeen(task));
});

test('an archive’s task has to be one that the form would take', () => {
	const good = taskAsSeen({
		...aTask(),
		criteria: aTask().criteria.map((one) => ({ ...one, id: 'a' }))
	});
	if (!good) throw new Error('no task');
	const [first] = good.criteria;
	const odd: unknown[] = [
		{ ...good, criteria: [] },
		{ ...good, photos: 0, videos: 0 },
		{ ...good, photos: 1.5 },
		{ ...good, passPoints: 6 },
		{ ...good, criteria: [{ ...first, levels: first?.levels.slice(1) }] },
		{ ...good, criteria: [{ ...first, levels: first?.levels.toReversed() }] },
		{ ...good, criteria: [{ ...first, levels: [first?.levels[0], first?.levels[0]] }] }
	];
	for (const one of odd) expect(v.is(TaskInput, one)).toBe(false);
	expect(v.is(TaskInput, good)).toBe(true);
});
