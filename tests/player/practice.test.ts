/** What practice mode reckons with: repeating, timers by the wall clock, safe taps, steps done. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cue } from '#lib/captions/cue.ts';
import { DoneSteps } from '#lib/player/practice/done.ts';
import { cueToRepeat, spanBetween } from '#lib/player/practice/loop.ts';
import { milestoneOf } from '#lib/player/practice/milestones.ts';
import { calmTaps } from '#lib/player/practice/palm.ts';
import { roundsOf } from '#lib/player/practice/rounds.ts';
import { hasRunning, timersKey } from '#lib/player/practice/running.ts';
import { leftDigits, spanWords } from '#lib/player/practice/time-words.ts';
import { Timers } from '#lib/player/practice/timers.svelte.ts';

const MINUTE = 60_000;
const KEY = '王师傅:包月饼';
let nowMs = 0;
let stored: Map<string, string>;

/** A device: what it keeps, and events between its tabs. */
beforeEach(() => {
	nowMs = Date.UTC(2026, 10, 24);
	stored = new Map();
	Object.assign(globalThis, {
		window: new EventTarget(),
		document: Object.assign(new EventTarget(), { hidden: false, cookie: '' }),
		localStorage: {
			getItem: (key: string) => stored.get(key) ?? null,
			setItem: (key: string, value: string) => void stored.set(key, value)
		}
	});
});

const opened: Timers[] = [];
function open(): Timers {
	const timers = new Timers(KEY, () => nowMs);
	opened.push(timers);
	return timers;
}
/** What a browser does in the other tabs after a write. */
function tellTabs(): void {
	window.dispatchEvent(Object.assign(new Event('storage'), { key: timersKey(KEY) }));
}
const look = (): boolean => document.dispatchEvent(new Event('visibilitychange'));
beforeEach(() => () => {
	for (const timers of opened.splice(0)) timers.close();
});

describe('timers', () => {
	test('are right after the page was reloaded and the phone slept', () => {
		open().start('烘烤', 20 * MINUTE, 'bake');
		nowMs += 13 * MINUTE;
		const after = open();
		expect(after.all.map((timer) => after.leftMs(timer))).toEqual([7 * MINUTE]);
		nowMs += 30 * MINUTE;
		look();
		expect(after.ended.map(({ label }) => label)).toEqual(['烘烤']);
	});

	test('that are over wait until they are seen, then they are gone', () => {
		const timers = open();
		timers.start('烘烤', MINUTE);
		timers.start('醒面', 10 * MINUTE);
		nowMs += 2 * MINUTE;
		look();
		expect(hasRunning(KEY, nowMs)).toBe(true);
		timers.acknowledge();
		expect(timers.ended).toEqual([]);
		expect(open().all.map(({ label }) => label)).toEqual(['醒面']);
	});

	test('stand still while paused, and go on with what was left', () => {
		const timers = open();
		timers.start('', 5 * MINUTE, 'a');
		nowMs += MINUTE;
		look();
		timers.pause('a');
		nowMs += 60 * MINUTE;
		const after = open();
		expect(after.all.map((timer) => after.leftMs(timer))).toEqual([4 * MINUTE]);
		expect(after.hasActive).toBe(false);
		after.resume('a');
		nowMs += 3 * MINUTE;
		look();
		expect(after.all.map((timer) => after.leftMs(timer))).toEqual([MINUTE]);
	});

	test('take a minute more', () => {
		const timers = open();
		timers.start('', MINUTE, 'a');
		nowMs += 30_000;
		timers.add('a', MINUTE);
		expect(timers.all.map((timer) => timers.leftMs(timer))).toEqual([90_000]);
		expect(timers.all[0]?.totalMs).toBe(90_000);
	});

	test('that were stopped by mistake come back as if they had gone on', () => {
		const timers = open();
		timers.start('烘烤', 10 * MINUTE, 'a');
		timers.stop('a');
		expect(open().all).toEqual([]);
		nowMs += 5000;
		timers.undo();
		expect(timers.all.map((timer) => timers.leftMs(timer))).toEqual([10 * MINUTE - 5000]);
	});

	test('of one step are not started twice, in whichever tab', () => {
		const [one, other] = [open(), open()];
		one.start('烘烤', 20 * MINUTE, 'bake');
		tellTabs();
		nowMs += MINUTE;
		other.start('烘烤', 20 * MINUTE, 'bake');
		expect(other.all).toHaveLength(1);
		expect(other.leftMs(other.all[0] as (typeof other.all)[0])).toBe(19 * MINUTE);
	});

	test('written by two tabs at once are all kept', () => {
		const [one, other] = [open(), open()];
		one.start('', MINUTE);
		other.start('', 2 * MINUTE);
		expect(open().all).toHaveLength(2);
	});

	test('seen in one tab are seen in all', () => {
		const [one, other] = [open(), open()];
		one.start('', MINUTE, 'a');
		tellTabs();
		nowMs += MINUTE;
		look();
		expect(other.ended).toHaveLength(1);
		one.acknowledge();
		tellTabs();
		expect(other.ended).toEqual([]);
	});

	test('of yesterday alarm nobody', () => {
		open().start('', MINUTE);
		nowMs += 24 * 60 * MINUTE;
		expect(open().all).toEqual([]);
		expect(hasRunning(KEY, nowMs)).toBe(false);
	});

	test.each(['', 'null', '{}', '[{"id":1}]', '[null]', '<'])(
		'survive a spoilt storage: %s',
		(text) => {
			stored.set(timersKey(KEY), text);
			const timers = open();
			expect(timers.all).toEqual([]);
			timers.start('', MINUTE);
			expect(open().all).toHaveLength(1);
		}
	);

	test('last as long as the page where storage is refused', () => {
		localStorage.setItem = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		const timers = open();
		timers.start('烘烤', MINUTE, 'a');
		timers.add('a', MINUTE);
		timers.start('醒面', MINUTE);
		expect(timers.all.map(({ label }) => label)).toEqual(['烘烤', '醒面']);
	});
});

test('a timer speaks half-way and a minute before its end, once each, whatever the ticks', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 3 * MINUTE, max: 60 * MINUTE }),
			fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 800, maxLength: 800 }),
			(totalMs, ticks) => {
				const said: string[] = [];
				let leftMs = totalMs;
				for (const tick of [...ticks, totalMs]) {
					const next = tick === totalMs ? 0 : Math.max(1, leftMs - tick);
					const milestone = milestoneOf(totalMs, leftMs, next);
					if (milestone) said.push(milestone);
					leftMs = next;
				}
				expect(said.length).toBeLessThanOrEqual(2);
				expect(new Set(said).size).toBe(said.length);
			}
		)
	);
	expect(milestoneOf(20 * MINUTE, 10 * MINUTE + 1, 10 * MINUTE)).toBe('half');
	expect(milestoneOf(20 * MINUTE, MINUTE + 1, MINUTE - 200)).toBe('minute');
	expect(milestoneOf(MINUTE, 40_000, 20_000)).toBe(null);
});

test('digits show zero only when nothing is left; spans are said in few words', () => {
	expect([20 * MINUTE, 1, 0, 61_000].map(leftDigits)).toEqual(['20:00', '0:01', '0:00', '1:01']);
	expect([20 * MINUTE, 90_000, 45_000].map(spanWords)).toEqual(['20 分钟', '1 分 30 秒', '45 秒']);
});

test('a second tap within 700 ms does nothing, nor does a trembling row of them', () => {
	let atMs = 0;
	const isCalm = calmTaps(() => atMs);
	const tapAt = (ms: number): boolean => ((atMs = ms), isCalm());
	expect([0, 300, 900, 1599, 2299].map(tapAt)).toEqual([true, false, false, false, true]);
});

describe('steps done', () => {
	test('are kept on the device, once each, apart by lesson and person', () => {
		new DoneSteps('a').add('one');
		new DoneSteps('a').add('two');
		expect(new DoneSteps('a').add('one')).toEqual(['one', 'two']);
		expect(new DoneSteps('b').ids).toEqual([]);
	});

	test('in two tabs are united', () => {
		const [one, other] = [new DoneSteps('a'), new DoneSteps('a')];
		one.add('one');
		expect(other.add('two').sort()).toEqual(['one', 'two']);
	});

	test.each(['7', '{"a":1}', '[1,"one"]', 'x'])('bear a spoilt storage: %s', (text) => {
		stored.set('practised:a', text);
		expect(new DoneSteps('a').add('one')).toEqual(['one']);
	});
});

describe('repeating', () => {
	const cue = (startMs: number, endMs: number): Cue => ({
		...{ id: '', startMs, endMs, text: '', settings: {} }
	});
	const cues = [cue(0, 2000), cue(2500, 4000), cue(4000, 6000)];

	test.each([
		[1500, 0],
		[2200, 0],
		[3500, 2500],
		[4200, 2500],
		[4700, 4000],
		[9000, 4000]
	])('"again" at %i ms means the cue that was just seen', (atMs, startMs) => {
		expect(cueToRepeat(cues, atMs)?.startMs).toBe(startMs);
	});

	test('before the first cue there is nothing to repeat', () => {
		expect(cueToRepeat([cue(500, 900)], 100)).toBe(null);
	});

	test('from A to B lies whichever was marked first, and never too short to be seen', () => {
		expect(spanBetween(4000, 1000)).toEqual({ startMs: 1000, endMs: 4000 });
		expect(spanBetween(1000, 1001)).toEqual({ startMs: 1000, endMs: 1500 });
	});

	test.each([5000, 0, 2900, 1500])(
		'three rounds, asked for at %i ms, are over when the third has begun',
		(fromMs) => {
			const isOver = roundsOf({ startMs: 1000, endMs: 3000 }, 3);
			const seen = [fromMs, 1000, 1900, 2900, 1000, 2000, 2900, 1000, 2000].map(isOver);
			expect(seen.indexOf(true)).toBe(7);
		}
	);

	test('going elsewhere ends a repetition that has no end', () => {
		const isOver = roundsOf({ startMs: 10_000, endMs: 12_000 }, Infinity);
		const round = [0, 10_000, 11_000, 11_900, 10_000, 11_900, 10_000];
		expect(round.map(isOver)).not.toContain(true);
		expect(isOver(30_000)).toBe(true);
	});
});
