import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import {
	isSameContent,
	moved,
	type Outline,
	OutlineForm,
	unitMoved,
	unitRemoved
} from '#lib/domain/outline.ts';

const course: Outline = [
	{ unitId: null, lessonIds: ['a'] },
	{ unitId: 'one', lessonIds: ['b', 'c'] },
	{ unitId: 'two', lessonIds: [] }
];
const places = (outline: Outline) =>
	outline.map(({ unitId, lessonIds }) => `${unitId ?? ''}:${lessonIds.join('')}`).join(' ');

const outlines: fc.Arbitrary<Outline> = fc
	.tuple(fc.nat(8), fc.array(fc.nat(4), { maxLength: 10 }))
	.map(([unitCount, inUnit]) =>
		[null, ...Array.from({ length: unitCount }, (_, at) => `unit ${at}`)].map((unitId, at) => ({
			unitId,
			lessonIds: inUnit.flatMap((unit, lesson) =>
				unit % (unitCount + 1) === at ? `lesson ${lesson}` : []
			)
		}))
	);
const directions = fc.constantFrom('up', 'down');

describe('a lesson', () => {
	test.each([
		['c', 'up', ':a one:cb two:'],
		['b', 'up', ':ab one:c two:'],
		['c', 'down', ':a one:b two:c'],
		['a', 'down', ': one:abc two:'],
		['a', 'up', ':a one:bc two:'],
		['nobody', 'up', ':a one:bc two:']
	] as const)('%s moved %s', (lesson, direction, expected) => {
		expect(places(moved(course, lesson, direction))).toBe(expected);
	});

	test('moved there and back stands where it stood, and none is ever lost', () => {
		fc.assert(
			fc.property(outlines, fc.nat(10), directions, (outline, at, direction) => {
				const lesson = `lesson ${at}`;
				const there = moved(outline, lesson, direction);
				expect(isSameContent(outline, there)).toBe(true);
				const back = moved(there, lesson, direction === 'up' ? 'down' : 'up');
				if (places(there) !== places(outline)) expect(places(back)).toBe(places(outline));
			})
		);
	});
});

describe('a unit', () => {
	test('moves with its lessons, and stays inside the course', () => {
		expect(places(unitMoved(course, 'two', 'up'))).toBe(':a two: one:bc');
		expect(places(unitMoved(course, 'one', 'up'))).toBe(places(course));
		expect(places(unitMoved(course, 'two', 'down'))).toBe(places(course));
	});

	test('removed leaves its lessons where they were in the order', () => {
		expect(places(unitRemoved(course, 'one'))).toBe(':abc two:');
		fc.assert(
			fc.property(outlines, fc.nat(8), (outline, at) => {
				const left = unitRemoved(outline, `unit ${at}`);
				const lessons = (all: Outline) => all.flatMap(({ lessonIds }) => lessonIds);
				expect(lessons(left)).toEqual(lessons(outline));
				expect(left.some(({ unitId }) => unitId === `unit ${at}`)).toBe(false);
			})
		);
	});
});

test.each([
	'',
	'null',
	'{}',
	'[{"unitId":7,"lessonIds":[]}]',
	'[{"unitId":null}]',
	'['.repeat(9999)
])('a layout that is none is refused: %.20s', (outline) => {
	expect(v.safeParse(OutlineForm, { outline }).success).toBe(false);
});
