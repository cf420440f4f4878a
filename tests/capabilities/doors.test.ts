import { describe, expect, test } from 'vitest';
import { type Actor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import { type Door, doorOf, pass } from '#lib/server/access/doors.ts';
import { ROLES, type Role } from '#lib/domain/roles.ts';

const someone = (...roles: Role[]): Actor => ({ type: 'person', id: 'p', displayName: 'P', roles });

describe('a page', () => {
	test.each<[routeId: string, door: Door | undefined]>([
		['/(public)', 'anyone'],
		['/(public)/verify/[number]', 'anyone'],
		['/(trainee)/learn', 'trainee'],
		['/(trainee)/learn/lessons/[lessonId]/watched', 'trainee'],
		['/(instructor)/teach/courses/new', 'instructor'],
		['/(staff)/staff', 'staff'],
		['/media/[trackId]/[digest]/[file]', 'signed-in'],
		['/uploads/[...path]', 'instructor'],
		['/works/[...path]', 'signed-in'],
		['/health', 'anyone']
	])('%s is entered by %s', (routeId, door) => {
		expect(doorOf(routeId)).toBe(door);
	});

	test.each(['/', '/new-page', '/(new)/page', '/mediatheque', '/(publicity)/x', '/healthy', ''])(
		'that stands behind no door (%s) is shut to everybody',
		(routeId) => {
			expect(doorOf(routeId)).toBeUndefined();
			for (const actor of [VISITOR, SYSTEM, someone(...ROLES)])
				expect(pass(actor, doorOf(routeId))).toBe('refused');
		}
	);
});

describe('a door', () => {
	const DOORS: Door[] = ['anyone', 'signed-in', ...ROLES];

	test.each(DOORS)('%s sends a visitor to sign in, unless it is open to anyone', (door) => {
		expect(pass(VISITOR, door)).toBe(door === 'anyone' ? 'open' : 'sign-in');
	});

	test.each(ROLES.flatMap((held) => ROLES.map((door) => [held, door] as const)))(
		'lets a person who is only %s through %s when it is the same',
		(held, door) => {
			expect(pass(someone(held), door)).toBe(held === door ? 'open' : 'refused');
		}
	);

	test('lets a person with several roles through each of theirs', () => {
		const both = someone('trainee', 'staff');
		expect(DOORS.filter((door) => pass(both, door) === 'open')).toEqual([
			'anyone',
			'signed-in',
			'trainee',
			'staff'
		]);
	});

	test('knows a person whose roles were all taken away as signed in, and no more', () => {
		expect(DOORS.filter((door) => pass(someone(), door) === 'open')).toEqual([
			'anyone',
			'signed-in'
		]);
	});
});
