/** Captions save themselves: on the device at once, on the server soon, over nobody. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft, DraftStore } from '#lib/studio/captioning/draft-store.ts';
import { type Kept, type SaveAnswer, Saving } from '#lib/studio/captioning/saving.svelte.ts';
import { Writing } from '#lib/studio/captioning/writing.svelte.ts';
import * as steps from '#lib/studio/captioning/steps.ts';
import { fromWebVtt } from '#lib/captions/untimed.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const KEPT = 'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n先洗手\n';

function desk(kept = KEPT) {
	const drafts = new Map<string, Draft>();
	const store: DraftStore = {
		get: async (key) => drafts.get(key),
		put: async (draft) => void drafts.set(draft.key, draft),
		remove: async (key) => void drafts.delete(key),
		close: () => undefined
	};
	const latest: { kept?: Kept } = {};
	const sent: { webvtt: string; baseRevision: number }[] = [];
	const answers: SaveAnswer[] = [];
	const writing = new Writing(kept);
	const saving = new Saving(
		{
			save: async (input) => {
				sent.push(input);
				return answers.shift() ?? { kind: 'saved', revision: input.baseRevision + 1 };
			},
			latest: async () => latest.kept
		},
		{
			...{ key: 'k', revision: 1, savedAt: '2026-11-27T02:32:00.000Z' },
			read: () => ({
				webvtt: writing.webvtt,
				timed: writing.timed.length,
				lines: writing.cues.length
			})
		}
	);
	const write = (words: string) => {
		writing.take(steps.write(writing.place, words));
		saving.changed();
	};
	return { drafts, latest, sent, answers, writing, saving, write, open: async () => store };
}

test('a change is on the device within half a second and on the server within two', async () => {
	const { drafts, sent, saving, write, open } = desk();
	await saving.open(open);
	expect(saving.state).toEqual({ kind: 'saved', at: Date.parse('2026-11-27T02:32:00.000Z') });
	write('再洗手');
	await vi.advanceTimersByTimeAsync(500);
	expect(drafts.get('k')).toMatchObject({
		baseRevision: 1,
		webvtt: expect.stringContaining('再洗手')
	});
	expect(sent).toEqual([]);
	await vi.advanceTimersByTimeAsync(1500);
	expect(sent).toMatchObject([{ baseRevision: 1 }]);
	expect(saving.state.kind).toBe('saved');
	expect(drafts.size).toBe(0);
	write('三洗手');
	await vi.advanceTimersByTimeAsync(2000);
	expect(sent.map(({ baseRevision }) => baseRevision)).toEqual([1, 2]);
});

test('without a line it stays on the device, says so, and goes by itself when there is one', async () => {
	const { drafts, sent, answers, saving, write, open } = desk();
	await saving.open(open);
	answers.push({ kind: 'offline' }, { kind: 'signedOut' });
	write('再洗手');
	await vi.advanceTimersByTimeAsync(2000);
	expect(saving.state.kind).toBe('offline');
	expect(drafts.size).toBe(1);
	await vi.advanceTimersByTimeAsync(9000);
	expect(saving.state.kind).toBe('signedOut');
	await vi.advanceTimersByTimeAsync(9000);
	expect(saving.state.kind).toBe('saved');
	expect(sent).toHaveLength(3);
	expect(drafts.size).toBe(0);
});

test('what was written while it was being saved is saved next', async () => {
	const { sent, saving, write, open } = desk();
	await saving.open(open);
	write('一');
	const first = saving.save();
	write('二');
	await first;
	expect(saving.isClean).toBe(false);
	await vi.advanceTimersByTimeAsync(2000);
	expect(sent.map(({ webvtt }) => /[一二]/.exec(webvtt)?.[0])).toEqual(['一', '二']);
	expect(saving.state.kind).toBe('saved');
});

test('when somebody saved in between nothing more is sent until it is decided', async () => {
	const { drafts, sent, answers, saving, write, open } = desk();
	await saving.open(open);
	answers.push({ kind: 'conflict', now: { revision: 7, savedBy: '小云' } });
	write('我的');
	await vi.advanceTimersByTimeAsync(60_000);
	write('还是我的');
	await vi.advanceTimersByTimeAsync(60_000);
	expect(saving.state).toMatchObject({ kind: 'conflict', now: { savedBy: '小云' } });
	expect(sent).toHaveLength(1);
	expect(drafts.get('k')?.webvtt).toContain('还是我的');
	await saving.overwrite({ revision: 7 });
	expect(sent.at(-1)).toMatchObject({
		baseRevision: 7,
		webvtt: expect.stringContaining('还是我的')
	});
	expect(saving.state.kind).toBe('saved');
});

test('an answer that was lost on its way is not taken for somebody else', async () => {
	const { sent, answers, latest, saving, writing, write, open } = desk();
	await saving.open(open);
	answers.push({ kind: 'offline' }, { kind: 'conflict', now: { revision: 2, savedBy: '我' } });
	write('我的');
	latest.kept = { revision: 2, webvtt: writing.webvtt };
	await vi.advanceTimersByTimeAsync(12_000);
	expect(saving.state.kind).toBe('saved');
	write('我的！');
	await vi.advanceTimersByTimeAsync(2000);
	expect(sent.at(-1)).toMatchObject({ baseRevision: 2 });
});

test('what an earlier visit could not send comes back with the revision it was written on', async () => {
	const { drafts, sent, writing, saving, write, open } = desk();
	drafts.set('k', { key: 'k', webvtt: KEPT.replace('先', '昨天'), baseRevision: 0, at: 0 });
	const draft = await saving.open(open);
	writing.replace(fromWebVtt(draft?.webvtt ?? ''));
	write('昨天洗手！');
	await vi.advanceTimersByTimeAsync(2000);
	expect(sent).toMatchObject([{ baseRevision: 0 }]);
});

test('lines alone are kept here; a device that keeps nothing is told', async () => {
	const { sent, saving, writing, open, drafts } = desk('WEBVTT');
	await saving.open(open);
	writing.take(steps.addLines(writing.place, '先洗手'));
	saving.changed();
	await vi.advanceTimersByTimeAsync(5000);
	expect(saving.state.kind).toBe('untimed');
	expect(drafts.get('k')?.webvtt).toContain('先洗手');
	expect(sent).toEqual([]);

	const other = desk();
	await other.saving.open(() => Promise.reject(new Error('private window')));
	other.write('一');
	await vi.advanceTimersByTimeAsync(500);
	expect(other.saving.isOnDevice).toBe(false);
});

test('undoing goes back to the beginning, over opened files too, and forward again', () => {
	const header = 'WEBVTT - a\n\nNOTE kept\n\nSTYLE\n::cue(b) { color: red }\n\n';
	const writing = new Writing(`${header}00:00.000 --> 00:02.000\n<b>先</b>洗手\n`);
	const files = [writing.webvtt];
	const step = (work: () => void) => {
		work();
		files.push(writing.webvtt);
	};
	step(() => writing.take(steps.write(writing.place, '先洗两次手')));
	step(() => writing.replace(fromWebVtt('WEBVTT - b\n\n00:01.000 --> 00:02.000\n新\n')));
	step(() =>
		writing.take(steps.insertAt(writing.place, 9000, { language: 'zh-CN', tier: 'full' }))
	);
	expect(files[1]).toContain('<b>先</b>洗两次手');
	for (const file of files.slice(0, -1).reverse()) {
		writing.undo();
		expect(writing.webvtt).toBe(file);
	}
	expect(writing.canUndo).toBe(false);
	for (const file of files.slice(1)) {
		writing.redo();
		expect(writing.webvtt).toBe(file);
	}
	writing.undo();
	writing.undo();
	writing.take(steps.write(writing.place, '别的'));
	expect(writing.canRedo).toBe(false);
	expect(writing.webvtt).toContain('WEBVTT - a');
});
