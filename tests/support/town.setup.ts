import { test } from '@playwright/test';
import { makeTown } from './town-hall.ts';

test('the town is made', async () => {
	test.setTimeout(600_000);
	await makeTown();
});
