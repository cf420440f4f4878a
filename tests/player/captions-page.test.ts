/** Where captions stand and how they look, in real Chromium. */
import { describe, expect, test } from 'vitest';
import { edgesOf, seek, sharedPx, show, type Edges } from './captions-page.ts';
import { page, until, useStage } from './stage-page.ts';

useStage();
const spoken = '[data-part=captions] .cue';

describe('the place of captions', () => {
	test('below: never on a picture, and nothing jumps when they come and go', async () => {
		await show({ settings: { secondCaptions: 'en' } });
		await seek(0.5);
		const [strip, stage] = [await edgesOf('.strip'), await edgesOf('.stage')];
		expect(strip.y).toBeGreaterThanOrEqual(stage.bottom - 1);
		expect(await page.locator(spoken).count()).toBe(2);
		await seek(2.4);
		expect(await page.locator(spoken).count()).toBe(0);
		expect(await edgesOf('.strip')).toEqual(strip);
	});

	test('below: the room a long sentence took stays, so that buttons stay where they are', async () => {
		const file = `00:01.000 --> 00:02.000\n${'先把糯米粉倒进盆里。'.repeat(9)}\n\n00:03.000 --> 00:05.000\n短`;
		await show({ file, context: { viewport: { width: 360, height: 740 } } });
		const before = await edgesOf('.strip');
		await seek(1.5);
		await until(async () => (await edgesOf('.strip')).height > before.height * 1.5);
		const long = await edgesOf('.strip');
		await seek(3.5);
		await until(async () => (await page.textContent('.strip'))?.trim() === '短');
		expect(Math.abs((await edgesOf('.strip')).height - long.height)).toBeLessThan(1);
		await page.setViewportSize({ width: 1280, height: 900 });
		await until(async () => (await edgesOf('.strip')).height < long.height);
	});

	test('beside: in a column on a wide page, below on a narrow one', async () => {
		await show({ look: { place: 'beside' } });
		await seek(0.5);
		expect((await edgesOf('.strip')).x).toBeGreaterThanOrEqual((await edgesOf('.stage')).right - 1);
		await page.setViewportSize({ width: 360, height: 740 });
		await until(async () => (await edgesOf('.strip')).y >= (await edgesOf('.stage')).bottom - 1);
	});

	test('over: where the file wants them, apart, and off the signer in his corner', async () => {
		const file = [
			'00:00.000 --> 00:05.000 line:0 align:left',
			'上面左边\n',
			'00:00.000 --> 00:05.000',
			'下面第一句\n',
			'00:00.000 --> 00:05.000',
			'下面第二句\n',
			'00:00.000 --> 00:05.000 position:90% size:20%',
			'手语旁边\n',
			'00:00.000 --> 00:05.000 vertical:lr line:0',
			'竖排'
		].join('\n');
		await show({
			file,
			settings: { layout: 'corner', followsAction: false },
			look: { place: 'over' }
		});
		await page.waitForSelector('.on-small');
		await seek(1);
		await page.waitForSelector('.over .window');
		const stage = await edgesOf('.floor');
		const signer = await edgesOf('.on-small');
		const place = (i: number) => edgesOf(`.over [data-loose]:nth-child(${i + 1}) .window`);
		// Where the signer only glided by, words do not stay away.
		await until(async () => Math.abs((await place(0)).y - stage.y) < 1);
		const boxes = await Promise.all([0, 1, 2, 3, 4].map(place));
		const [top, first, second, , column] = boxes as [Edges, Edges, Edges, Edges, Edges];
		expect([Math.round(top.x - stage.x), Math.round(top.y - stage.y)]).toEqual([0, 0]);
		expect(second.bottom).toBeLessThanOrEqual(first.y + 1);
		expect(Math.abs(column.x - stage.x)).toBeLessThan(3);
		expect(column.height).toBeGreaterThan(column.width * 1.3);
		const all = [...boxes, signer];
		for (const [i, a] of all.entries())
			for (const b of all.slice(i + 1)) {
				expect(sharedPx(a, b)).toBeLessThanOrEqual(2);
			}
		for (const box of boxes) expect(box.bottom).toBeLessThanOrEqual(stage.bottom + 2);
	});

	test.each([
		['a wide page', { width: 1280, height: 900 }],
		['a phone', { width: 360, height: 740 }]
	])('over: on the demonstration and on no signer, in any layout, on %s', async (_, viewport) => {
		for (const layout of ['side', 'corner', 'demonstration'] as const) {
			if (layout !== 'side') await page.context().close();
			await show({ settings: { layout }, look: { place: 'over' }, context: { viewport } });
			if (layout === 'corner') await page.waitForSelector('[data-part=small]');
			await seek(1);
			const words = await edgesOf('.over .window');
			const pane = await edgesOf('.pane.demonstration');
			expect(words.x, layout).toBeGreaterThanOrEqual(pane.x - 1);
			expect(words.right, layout).toBeLessThanOrEqual(pane.right + 1);
			expect(words.y, layout).toBeGreaterThanOrEqual(pane.y - 1);
			expect(words.bottom, layout).toBeLessThanOrEqual(pane.bottom + 1);
			if (layout !== 'demonstration')
				expect(sharedPx(words, await edgesOf('.pane.sign')), layout).toBeLessThanOrEqual(1);
		}
	});

	test.each(['large', 'sign'] as const)(
		'over: with the signer as the main picture (%s) they stand below it',
		async (layout) => {
			await show({ settings: { layout }, look: { place: 'over' } });
			await seek(1);
			const [strip, stage] = [await edgesOf('.strip'), await edgesOf('.stage')];
			expect(strip.y).toBeGreaterThanOrEqual(stage.bottom - 1);
		}
	);

	test('over: off the hands at work, mirrored too, and off a signer moved onto them', async () => {
		await show({
			settings: { layout: 'corner', followsAction: false, small: { x: 1, y: 0, width: 0.3 } },
			look: { place: 'over' }
		});
		await seek(1);
		const hands = async (): Promise<Edges> => {
			const pane = await edgesOf('.pane.demonstration');
			const isMirrored = (await page.locator('.is-close').count()) > 0;
			// As the bare page says: 0.55 to 0.95 of the width, 0.5 to 0.95 of the height.
			const x = pane.x + pane.width * (isMirrored ? 0.05 : 0.55);
			const y = pane.y + pane.height * 0.5;
			const [width, height] = [pane.width * 0.4, pane.height * 0.45];
			return { x, y, width, height, right: x + width, bottom: y + height };
		};
		await page.waitForSelector('.over .window');
		expect(sharedPx(await edgesOf('.over .window'), await hands())).toBeLessThanOrEqual(1);
		await page.keyboard.press('x');
		await seek(3);
		expect(sharedPx(await edgesOf('.over .window'), await hands())).toBeLessThanOrEqual(1);
		await page.locator('[data-part=small] .handle').focus();
		for (const key of ['7', '8', '9', '4', '6']) {
			await page.keyboard.press(key);
			await until(
				async () => sharedPx(await edgesOf('.over .window'), await edgesOf('.pane.on-small')) <= 1
			);
		}
	});

	test('over: a region keeps its lines together, the latest at its foot', async () => {
		const file = [
			'REGION\nid:a\nwidth:40%\nlines:3\nregionanchor:0%,0%\nviewportanchor:10%,10%\nscroll:up\n',
			'00:00.000 --> 00:05.000 region:a align:left',
			'一\n',
			'00:00.000 --> 00:05.000 region:a align:left',
			'二'
		].join('\n');
		await show({ file, look: { place: 'over' } });
		await seek(1);
		await page.waitForSelector('.region .window');
		const [pane, region] = [await edgesOf('.pane.demonstration'), await edgesOf('.region')];
		expect((region.x - pane.x) / pane.width).toBeCloseTo(0.1, 2);
		expect((region.y - pane.y) / pane.height).toBeCloseTo(0.1, 2);
		expect(region.width / pane.width).toBeCloseTo(0.4, 2);
		await until(async () => {
			const last = await edgesOf('.region > div:last-child');
			return Math.abs(last.bottom - region.bottom) < 2;
		});
		expect(await page.locator('.region > div').allTextContents()).toEqual(['一', '二']);
	});
});

describe('what the viewer chose', () => {
	test('is there again next time: size, colour, place of letters', async () => {
		await show();
		await seek(0.5);
		const size = (): Promise<number> =>
			page.$eval('.strip', (strip) => parseFloat(getComputedStyle(strip).fontSize));
		const usual = await size();
		await page.click('[data-action=panel]');
		await page.check('[data-choice=size] [value="200"]');
		await page.click('.look summary');
		await page.check('[data-choice=colour] [value=yellow]');
		await page.selectOption('[data-choice=windowOpacity]', '50');
		await page.check('[data-choice=edge] [value=uniform]');
		await page.check('[data-choice=font] [value=serif]');
		await page.reload();
		await page.waitForSelector('[data-is-ready]');
		await seek(0.5);
		expect(await size()).toBeCloseTo(2 * usual, 1);
		const css = await page.$eval('.strip p', (line) => {
			const { color, fontFamily, textShadow } = getComputedStyle(line);
			return { color, fontFamily, textShadow };
		});
		expect(css.color).toBe('rgb(255, 255, 0)');
		expect(css.fontFamily).toContain('Songti SC');
		expect(css.textShadow).toContain('rgb(0, 0, 0)');
		await page.click('[data-action=panel]');
		await page.click('.look summary');
		await page.click('[data-action=reset-look]');
		await page.keyboard.press('Escape');
		await until(async () => (await size()) === usual);
	});

	test('two languages at once: the second smaller, below, and in its own tongue', async () => {
		await show();
		await page.click('[data-action=panel]');
		await page.check('[data-choice=second] [value=en]');
		await seek(0.5);
		const [first, second] = [
			await edgesOf('.strip p:not(.second)'),
			await edgesOf('.strip p.second')
		];
		expect(second.y).toBeGreaterThanOrEqual(first.bottom - 1);
		expect(second.height).toBeLessThan(first.height);
		expect(await page.getAttribute('.strip p.second', 'lang')).toBe('en');
	});

	test('in forced colours the letters are the system’s', async () => {
		await show({ look: { colour: 'red', windowOpacity: 0 }, context: { forcedColors: 'active' } });
		await seek(0.5);
		const [own, system] = await page.$eval('.strip .cue', (cue) => {
			const probe = document.body.appendChild(document.createElement('i'));
			probe.style.color = 'CanvasText';
			return [getComputedStyle(cue).color, getComputedStyle(probe).color];
		});
		expect(own).toBe(system);
	});
});

describe('a sound that matters', () => {
	type Edge = { afterMs: number; byMs: number };
	/** Between which two looks the border came on: a busy machine's looks lie far apart. */
	const watch = (): Promise<void> =>
		page.evaluate(() => {
			const seen: Edge[] = Object.assign(window, { __on: [] as Edge[] }).__on;
			let was = false;
			let afterMs = performance.now();
			const look = (): void => {
				const byMs = performance.now();
				const border = document.querySelector('[data-part=alert]');
				const is = border !== null && getComputedStyle(border).opacity !== '0';
				if (is && !was) seen.push({ afterMs, byMs });
				was = is;
				afterMs = byMs;
				requestAnimationFrame(look);
			};
			look();
		});
	const lit = (): Promise<Edge[]> =>
		page.evaluate(() => (window as unknown as { __on: Edge[] }).__on);

	const often = Array.from({ length: 20 }, (_, i) => {
		const at = (n: number): string => `00:0${(1 + n * 0.1).toFixed(3)}`;
		return `${at(i * 2)} --> ${at(i * 2 + 1)}\n<c.alert>[响]</c>\n`;
	}).join('\n');

	test.each([0, 250])(
		'flashes three times within 1.5 s, and never faster however often it comes, on a page %i ms late',
		async (lateMs) => {
			await show({ file: often });
			await watch();
			await page.evaluate((late) => {
				const inTime = window.setTimeout.bind(window);
				const later = (run: () => void, ms = 0) => inTime(run, ms === 1500 ? ms + late : ms);
				Object.assign(window, { setTimeout: later });
			}, lateMs);
			await page.click('.begin');
			await until(async () => (await lit()).length >= 6);
			const times = await lit();
			for (const [i, { afterMs }] of times.entries())
				expect(
					times.slice(i).filter(({ byMs }) => byMs < afterMs + 900).length
				).toBeLessThanOrEqual(2);
		}
	);

	test('is a steady border for those who asked for stillness, and gone after', async () => {
		await show({ context: { reducedMotion: 'reduce' } });
		await watch();
		await seek(5.5);
		await page.waitForSelector('[data-part=alert]', { state: 'attached' });
		await page.waitForSelector('[data-part=alert]', { state: 'detached' });
		expect((await lit()).length).toBe(1);
		expect(await page.locator('.strip .alert svg').count()).toBe(1);
	});

	test('is shown to those who watch without captions, too', async () => {
		await show({ settings: { hasCaptions: false } });
		await watch();
		await seek(5.5);
		await until(async () => (await lit()).length > 0);
	});

	test('can be switched off', async () => {
		await show({ settings: { hasAlerts: false } });
		await watch();
		await seek(5.5);
		expect(await page.textContent('.strip')).toContain('烤箱提示音');
		expect(await lit()).toEqual([]);
	});
});
