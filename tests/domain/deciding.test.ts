/** Who decides where two assess: held for every order in which anything can be given. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { AppealForm, appealUntil } from '#lib/domain/appeals.ts';
import { RESULTS } from '#lib/domain/assessing.ts';
import { askedFor, decisionOf } from '#lib/domain/deciding.ts';

const results = (min: number, max: number) =>
	fc.array(fc.constantFrom(...RESULTS), { minLength: min, maxLength: max });

test('two who agree decide; two who do not, never', () => {
	expect(decisionOf(['passed', 'passed'])).toBe('passed');
	expect(decisionOf(['again', 'again'])).toBe('again');
	expect(decisionOf(['passed', 'again'])).toBeUndefined();
	expect(askedFor(['passed', 'again'])).toBe(3);
	expect(askedFor(['passed', 'passed'])).toBe(2);
	expect(askedFor(['passed'])).toBe(2);
});

test('nothing is decided by one alone, everything by three, and always by more than one', () => {
	fc.assert(
		fc.property(results(0, 3), (given) => {
			const decision = decisionOf(given);
			const agreeing = given.filter((one) => one === decision).length;
			if (given.length < 2) expect(decision).toBeUndefined();
			if (given.length === 3) expect(decision).toBeDefined();
			if (decision !== undefined) expect(agreeing).toBeGreaterThan(given.length / 2);
		})
	);
});

test('as many are asked as are needed: a decision comes with the last of them, and not before', () => {
	fc.assert(
		fc.property(results(3, 3), (opinions) => {
			const given: (typeof opinions)[number][] = [];
			while (decisionOf(given) === undefined) {
				expect(given.length).toBeLessThan(askedFor(given));
				given.push(opinions[given.length] ?? 'again');
			}
			expect(given.length).toBe(askedFor(given));
		})
	);
});

test('who was first does not matter', () => {
	const shuffled = results(2, 3).chain((given) =>
		fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))
	);
	fc.assert(
		fc.property(shuffled, ([given, other]) => {
			expect(decisionOf(other)).toBe(decisionOf(given));
		})
	);
});

test('an appeal is made by signing, in writing or with one press, and not with nothing', () => {
	const id = crypto.randomUUID();
	const read = (fields: object) => v.safeParse(AppealForm, { id, ...fields });
	expect(read({}).issues?.[0].message).toBe('appeal_empty');
	expect(read({ comment: '  ' }).success).toBe(false);
	for (const fields of [{ reason: 'unseen' }, { comment: '看这里' }, { filmId: id }])
		expect(read(fields).success).toBe(true);
	expect(read({ reason: 'because' }).success).toBe(false);
	expect(appealUntil('2026-11-20T10:00:00.000Z')).toBe('2026-12-04T10:00:00.000Z');
});
