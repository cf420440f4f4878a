import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Player from '#lib/player/Player.svelte';

const cues = [
	{ id: '1', startMs: 0, endMs: 2000, text: '先<b>揉面</b>。', settings: {} },
	{ id: '2', startMs: 65_000, endMs: 67_000, text: '<script>alert(1)</script>', settings: {} }
];
const props = {
	title: '包月饼',
	durationMs: 90_000,
	demonstration: { src: '/m/master.m3u8', poster: '/m/poster.jpg', width: 1280, height: 720 },
	sign: { src: '/s/master.m3u8', poster: '/s/poster.jpg', width: 720, height: 720 },
	captions: [{ id: 'zh', language: 'zh-CN', label: '中文', cues, src: '/zh.vtt' }]
};

test('before any script the page holds posters, the words, and videos the browser can play', () => {
	const { body } = render(Player, { props });
	expect(body).toContain('poster="/m/poster.jpg"');
	expect(body).toContain('poster="/s/poster.jpg"');
	expect(body).toContain('揉面');
	expect(body).toContain('1:05');
	const plain = /<noscript>[\s\S]*?<\/noscript>/.exec(body)?.[0] ?? '';
	expect(plain).toContain('src="/m/master.m3u8"');
	expect(plain).toContain('controls');
	expect(plain).toContain('src="/zh.vtt"');
	const scripted = body.replace(/<noscript>[\s\S]*?<\/noscript>/g, '');
	expect(scripted).not.toContain('master.m3u8');
});

test('nothing a caption file says becomes markup', () => {
	expect(render(Player, { props }).body).not.toContain('<script>alert');
});
