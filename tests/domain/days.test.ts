import { expect, test } from 'vitest';
import { dayOf } from '#lib/domain/days.ts';

test('what happens in the small hours of the association counts for its own day', () => {
	expect(dayOf('2026-11-27T15:59:59.999Z')).toBe('2026-11-27');
	expect(dayOf('2026-11-27T16:00:00.000Z')).toBe('2026-11-28');
	expect(dayOf('2026-12-31T20:00:00.000Z')).toBe('2027-01-01');
});
