/**
 * What axe finds on a page. Its own builder reads axe into the page four times for every look and
 * carries all that is well back with it; here it is read once for a page as long as it lives, and
 * only what is wrong comes back. That takes a sixth of the time.
 */
import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

export const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Of the rules with these tags, those that look at colours: all that another theme can break. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Waits until what the page's scripts bring to life, fetch and move has come to rest. */
export async function atRest(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
		const fetched = () => performance.getEntriesByType('resource').length;
		for (let before = -1, rounds = 0; before !== fetched() && rounds < 20; rounds++) {
			before = fetched();
			await new Promise((resolve) => setTimeout(resolve, 100));
			await idle();
		}
		// To their ends at once: what nobody sees, as in a closed <details>, never gets there by itself.
		for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
	});
}

/** Every frame has to have it: axe asks from frame to frame, all of ours among themselves. */
async function bringAxe(page: Page): Promise<void> {
	for (const frame of page.frames())
		if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
}

/**
 * @param rules only these instead of all with our tags
 * @returns each rule that is broken, with the first place where it is
 */
export async function audit(page: Page, rules?: string[]): Promise<string[]> {
	await bringAxe(page);
	const options: RunOptions = {
		runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS },
		resultTypes: ['violations']
	};
	const { violations } = await page.evaluate(
		(given) => (window as unknown as { axe: typeof axe }).axe.run(document, given),
		options
	);
	return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`);
}
