import { expect, test } from 'vitest';
import * as v from 'valibot';
import { AssessmentForm, proposalOf } from '#lib/domain/assessing.ts';
import type { Task } from '#lib/domain/practice.ts';

const task = (passPoints: number | null): Pick<Task, 'criteria' | 'passPoints'> => ({
	passPoints,
	criteria: [
		{
			...{ id: 'skin', title: '皮', isMust: false },
			levels: [
				{ level: 'great', description: '薄' },
				{ level: 'notYet', description: '裂' }
			]
		},
		{
			...{ id: 'clean', title: '干净', isMust: true },
			levels: [
				{ level: 'great', description: '干净' },
				{ level: 'nearly', description: '有点乱' }
			]
		}
	]
});

test('the rubric proposes by points, and a missed must leaves no choice', () => {
	const propose = (passPoints: number | null, levels: Parameters<typeof proposalOf>[1]) =>
		proposalOf(task(passPoints), levels);
	const most = 6;
	expect(propose(4, {})).toEqual({ points: 0, most, missed: [], isWhole: false });
	expect(propose(3, { skin: 'notYet', clean: 'great' })).toMatchObject({ result: 'passed' });
	expect(propose(4, { skin: 'notYet', clean: 'great' })).toMatchObject({ result: 'again' });
	// Its lowest level counts, also where that is “nearly”, and before all are chosen.
	expect(propose(1, { clean: 'nearly' })).toMatchObject({ missed: ['clean'], result: 'again' });
	expect(propose(null, { skin: 'great', clean: 'great' })).toEqual({
		...{ points: 6, most, missed: [], isWhole: true }
	});
});

test('a form brings levels by their place, and marks only where they can lie', () => {
	const read = (fields: Record<string, unknown>) =>
		v.safeParse(AssessmentForm, {
			...{ baseRevision: '3', result: 'again', comment: '', answerId: '' },
			...fields
		});
	const pin = { workId: crypto.randomUUID(), x: 0.5, y: 1, atMs: null, text: '' };
	expect(read({ 'level.0': 'great', pins: JSON.stringify([pin]) }).output).toMatchObject({
		...{ baseRevision: 3, levels: { 0: 'great' }, pins: [pin] }
	});
	for (const wrong of [{ ...pin, x: 1.1 }, { ...pin, y: -1 }, { ...pin, atMs: 0.5 }, { x: 1 }])
		expect(read({ pins: JSON.stringify([wrong]) }).success).toBe(false);
	expect(read({ pins: 'no list' }).success).toBe(false);
	expect(read({ pins: JSON.stringify(Array(21).fill(pin)) }).success).toBe(false);
	expect(read({ 'level.0': 'superb' }).success).toBe(false);
	expect(read({ result: 'maybe' }).success).toBe(false);
});
