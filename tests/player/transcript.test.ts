/** The transcript as the server sends it: there before any script, and only words. */
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Transcript from '#lib/player/captions/Transcript.svelte';

const cue = (startMs: number, text: string) => ({
	...{ id: '', startMs, endMs: startMs + 2000, text, settings: {} }
});
const { body } = render(Transcript, {
	props: {
		title: '包月饼',
		cues: [
			cue(0, '先<b>揉面</b>。'),
			cue(65_000, '<v 师傅>&lt;img src=x onerror=alert(1)> 倒糯米粉</v>')
		],
		language: 'zh-CN',
		second: [cue(0, 'Knead.')],
		secondLanguage: 'en',
		current: [],
		steps: [
			{ id: 'a', title: '和面', startMs: 0, endMs: 60_000, note: '水要温' },
			{ id: 'b', title: '<i>包馅</i>', startMs: 60_000, endMs: 90_000 }
		],
		terms: [{ term: '糯米粉' }],
		isLive: false,
		onlive: () => undefined,
		onseek: () => undefined,
		onterm: () => undefined
	}
});
const words = body
	.replace(/<!--[\s\S]*?-->/g, '')
	.replace(/<[^>]*>/g, ' ')
	.replace(/\s+/g, ' ');

test('holds every step, line and moment in reading order', () => {
	const order = ['第 1 步', '和面', '水要温', '0:00', '揉面', 'Knead.', '第 2 步', '1:05', '师傅'];
	const places = order.map((word) => words.indexOf(word));
	expect(places.every((at) => at >= 0)).toBe(true);
	expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('makes terms and moments buttons with names, and says which language is which', () => {
	expect(body).toContain('aria-label="手语：糯米粉"');
	expect(body).toContain('aria-label="从 1:05 看"');
	expect(body).toContain('lang="zh-CN"');
	expect(body).toContain('lang="en"');
});

test('nothing that was written becomes markup', () => {
	expect(body).not.toContain('<img');
	expect(body).not.toContain('<i>包馅');
	expect(words).toContain('&lt;img src=x');
});
