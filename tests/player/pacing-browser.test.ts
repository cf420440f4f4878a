/** Turns, loops and an old phone's one picture at a time, in real Chromium with real HLS. */
import { describe, expect, test } from 'vitest';
import { open, page, server, until, useStage, watch } from './stage-page.ts';

useStage();

type Moment = { nowMs: number; at: number[]; isPaused: boolean[]; who: string };

/** Two looks further apart than this missed a refresh: what was between them nobody saw. */
const NEXT_LOOK_MS = 40;

declare global {
	interface Window {
		__moments: Moment[];
	}
}

/** Writes down at every refresh where both videos are and whose turn it is. */
const writeDown = (): Promise<void> =>
	page.evaluate(() => {
		window.__moments = [];
		const look = (): void => {
			const videos = [...document.querySelectorAll('video')];
			window.__moments.push({
				nowMs: performance.now(),
				at: videos.map((one) => one.currentTime),
				isPaused: videos.map((one) => one.paused),
				who: document.querySelector('.player')?.getAttribute('data-turn') ?? ''
			});
			requestAnimationFrame(look);
		};
		look();
	});
const moments = (): Promise<Moment[]> => page.evaluate(() => window.__moments);
const times = (): Promise<number[]> =>
	page.evaluate(() => [...document.querySelectorAll('video')].map((one) => one.currentTime));
const rounds = async (): Promise<string[]> =>
	(await moments()).map(({ who }) => who).filter((who, i, all) => who && who !== all[i - 1]);

/** As telephones of old: a video that begins to play pauses every other one. */
async function playOneAtATime(): Promise<void> {
	await page.evaluate(() => {
		const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')
			?.value as HTMLMediaElement['play'];
		HTMLMediaElement.prototype.play = function () {
			for (const one of document.querySelectorAll('video')) if (one !== this) one.pause();
			return play.call(this);
		};
	});
}
const begin = async (): Promise<void> => {
	await page.click('.begin');
	await page.waitForSelector('.begin', { state: 'detached' });
};

describe('turn-taking', () => {
	test('first the signer, then the hands, at no refresh of the screen both', async () => {
		await open({ settings: { takesTurns: true, rate: 2 } });
		await writeDown();
		await begin();
		await until(async () => (await rounds()).length >= 5);
		const seen = await moments();
		expect((await rounds()).slice(0, 5)).toEqual([
			...['sign', 'demonstration', 'sign', 'demonstration', 'sign']
		]);
		expect(seen.filter(({ isPaused }) => isPaused.every((one) => !one))).toEqual([]);
		const looks = seen.slice(1).flatMap((after, i) => {
			const before = seen[i];
			return before && after.nowMs - before.nowMs < NEXT_LOOK_MS ? [{ before, after }] : [];
		});
		expect(looks.length).toBeGreaterThan(100);
		const both = looks.filter(({ before, after }) => {
			const haveMoved = after.at.every((seconds, k) => seconds !== before.at[k]);
			return haveMoved && after.isPaused.includes(false) && before.isPaused.includes(false);
		});
		expect(both).toEqual([]);
	});

	test('what the signer alone has shown is not reported as watched', async () => {
		await watch({ settings: { takesTurns: true } });
		await until(async () => Math.max(...(await times())) > 2);
		await page.keyboard.press('k');
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'paused');
		const ranges = await page.evaluate(() => window.__watched.flatMap((one) => one.ranges));
		expect(ranges).toEqual([]);
	});
});

test('a loop goes round, and neither picture passes its end by more than two frames', async () => {
	await watch({});
	await page.evaluate(() => window.__playerBench.pause());
	for (const [seconds, key] of [
		[3, '['],
		[4.5, ']']
	] as const) {
		await page.evaluate((to) => window.__playerBench.seek(to), seconds);
		await until(async () => (await times()).every((at) => Math.abs(at - seconds) < 0.04));
		await page.keyboard.press(key);
	}
	await writeDown();
	await page.evaluate(() => window.__playerBench.play());
	const returns = async (): Promise<number> =>
		(await moments()).filter(({ at }, i, all) => (at[0] ?? 0) < (all[i - 1]?.at[0] ?? 0) - 1)
			.length;
	await until(async () => (await returns()) >= 3);
	const furthest = Math.max(...(await moments()).flatMap(({ at }) => at));
	expect(furthest).toBeLessThanOrEqual(4.517 + 2 / 30);
});

describe('a browser that plays one picture at a time', () => {
	test('gets both in one video, and goes on by itself', async () => {
		await open({ query: '&composite=/main/master.m3u8' });
		await playOneAtATime();
		await begin();
		await until(async () => (await page.locator('video').count()) === 1);
		await until(async () => ((await times())[0] ?? 0) > 1);
	});

	test('still has layouts to choose from: beside, in the corner, either alone; and turns', async () => {
		await open({ query: '&composite=/main/master.m3u8&corner=/other/master.m3u8' });
		await playOneAtATime();
		await begin();
		const tracks = (): Promise<string[]> =>
			page.evaluate(() =>
				[...document.querySelectorAll('video')]
					.filter((one) => !one.closest('.is-away'))
					.map((one) => one.dataset.track ?? '')
			);
		const goesOn = async (): Promise<void> => {
			const from = Math.max(...(await times()));
			await until(async () => Math.max(...(await times())) > from + 0.3);
		};
		await until(async () => (await tracks()).length === 1);
		await goesOn();
		await page.click('[data-action=panel]');
		await page.waitForSelector('[data-part=panel]');
		const layouts = page.getByRole('group', { name: '画面' }).getByRole('radio');
		expect(await layouts.count()).toBe(4);
		expect(await layouts.first().isChecked()).toBe(true);

		await page.getByLabel('手语在角上').check();
		await goesOn();
		expect(server.requested.includes('/other/master.m3u8')).toBe(true);

		await page.getByLabel('只看手语').check();
		await until(async () => (await tracks()).join() === 'sign');
		await goesOn();
		await page.getByLabel('只看操作').check();
		await until(async () => (await tracks()).join() === 'demonstration');
		await goesOn();
		await page.getByLabel('并排').check();
		await until(async () => (await page.locator('video').count()) === 1);
		await goesOn();

		await writeDown();
		await page.getByLabel('先手语，后操作').check();
		await until(async () => (await rounds()).length >= 2);
		expect((await moments()).filter(({ isPaused }) => isPaused.length === 2)).not.toEqual([]);
	});

	test('can take turns', async () => {
		await open({ settings: { takesTurns: true, rate: 2 } });
		await playOneAtATime();
		await writeDown();
		await begin();
		await until(async () => (await rounds()).length >= 3);
		expect(await page.locator('video').count()).toBe(2);
	});
});
