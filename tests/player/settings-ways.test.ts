/** Controls and settings while a lesson plays, for those who zoom, choose their colours, or want no motion. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { open, page, until, useStage } from './stage-page.ts';

useStage();

const phase = (): Promise<string | null> => page.getAttribute('.player', 'data-phase');

describe.each([
	['at 400 % zoom', { viewport: { width: 320, height: 256 } }],
	['in forced colours', { viewport: { width: 360, height: 740 }, forcedColors: 'active' }],
	['without motion', { viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' }]
] as const)('%s, while it plays', (_name, context) => {
	/** Each that a press in its middle would not reach once it is scrolled to. */
	const unreachable = (selector: string): Promise<string[]> =>
		page.evaluate(
			(all) =>
				[...document.querySelectorAll<HTMLElement>(all)]
					.filter((one) => one.checkVisibility())
					.filter((one) => {
						one.scrollIntoView({ block: 'center' });
						const { x, y, width, height } = one.getBoundingClientRect();
						const top = document.elementFromPoint(x + width / 2, y + height / 2);
						return !top || !(one.contains(top) || top.contains(one));
					})
					.map((one) => one.outerHTML.slice(0, 90)),
			selector
		);

	test('every control and every choice can be pressed, and axe finds nothing', async () => {
		await open({ ...context, query: '&rich' });
		await page.evaluate(() => window.__playerBench.play());
		await until(async () => (await phase()) === 'playing');
		expect(await unreachable('[data-part=controls] button')).toEqual([]);
		await page.click('[data-action=panel]');
		await page.waitForSelector('[data-part=panel]');
		await page.click('[data-part=panel] summary');
		expect(await unreachable('[data-part=panel] :is(button, label, summary)')).toEqual([]);
		const { violations } = await new AxeBuilder({ page }).include('.player').analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		await page.getByLabel('手语在角上').check();
		expect(await page.getAttribute('.stage', 'data-layout')).toBe('corner');
		await page.locator('[data-part=panel]').getByRole('button', { name: '关闭' }).click();
		// On a slow machine it may be over by then; it was never stopped.
		expect(await phase()).not.toBe('paused');
	});
});
