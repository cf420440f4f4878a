import { test } from '@playwright/test';
import { makeTown } from './town-hall.ts';

test('the town is made', async () => {
	test.setTimeout(300_000);
	await makeTown();
});
