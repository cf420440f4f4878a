import { describe, expect, it } from 'vitest';
import { isAtLeast, parseVersion } from '../../src/setup/versions.mjs';

describe('the version of Node', () => {
	it('is compared by number, not by letter: 22.9 is older than 22.18', () => {
		expect(isAtLeast('v22.9.0', '22.18.0')).toBe(false);
		expect(isAtLeast('v22.18.0', '22.18.0')).toBe(true);
		expect(isAtLeast('22.18.1', '22.18.0')).toBe(true);
	});

	it('is old at 20 and new at 24, whatever follows', () => {
		expect(isAtLeast('v20.99.99', '22.18.0')).toBe(false);
		expect(isAtLeast('v24.0.0-nightly', '22.18.0')).toBe(true);
	});

	it('is refused when it is no version at all', () => {
		expect(() => parseVersion('node')).toThrow('not a version: node');
	});
});
