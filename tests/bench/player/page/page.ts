/** Our player on a bare page: `?main=…&sign=…`, and optionally `&sound=…&thumbnails=…&seconds=…`. */
import '#lib/ui/tokens.css';
import '#lib/ui/base.css';
import { flushSync, mount } from 'svelte';
import Player from '#lib/player/Player.svelte';
import type { Playback } from '#lib/player/playback.svelte.ts';
import type { Watched } from '#lib/player/model.ts';

declare global {
	interface Window {
		__watched: Watched[];
	}
}

const query = new URLSearchParams(location.search);
const address = (name: string): string | undefined => query.get(name) ?? undefined;
const main = address('main');
const sign = address('sign');
const sound = address('sound');
const durationMs = Number(query.get('seconds') ?? 40) * 1000;
const LINES = [
	'先把糯米粉倒进盆里。',
	'加水，用手慢慢揉。',
	'<v 师傅>揉到不粘手，\n就可以了。',
	'包馅：皮要薄。'
];
const cues = Array.from({ length: Math.floor(durationMs / 2500) }, (_, i) => ({
	id: String(i),
	startMs: i * 2500,
	endMs: i * 2500 + 2300,
	text: LINES[i % LINES.length] ?? '',
	settings: {}
}));

window.__watched = [];
let playback: Playback | undefined;
mount(Player, {
	target: document.getElementById('page') as HTMLElement,
	props: {
		title: '包月饼',
		durationMs,
		demonstration: main
			? { src: main, width: 640, height: 360, thumbnailsSrc: address('thumbnails') }
			: undefined,
		sign: sign ? { src: sign, width: 640, height: 360 } : undefined,
		sound: sound ? { src: sound } : undefined,
		captions: [
			{ id: 'zh', language: 'zh-CN', label: '中文', cues },
			{
				id: 'en',
				language: 'en',
				label: 'English',
				cues: cues.map((c) => ({ ...c, text: `Line ${c.id}` }))
			}
		],
		resumeAtMs: Number(query.get('resume') ?? 0),
		onwatched: (watched: Watched) => window.__watched.push(watched),
		onready: (own: Playback) => (playback = own)
	}
});

flushSync();
const videos = [...document.querySelectorAll('video')];
const [first, second] = videos;
const ready = Promise.all(
	videos.map(
		(video) => new Promise((done) => video.addEventListener('canplay', done, { once: true }))
	)
);
// Others load from the start; to be measured alike, so does this page. The product does not.
if (query.has('load')) playback?.prepare();
window.__playerBench = {
	main: first as HTMLVideoElement,
	sign: (second ?? first) as HTMLVideoElement,
	ready,
	play: () => void (playback?.state.isPlaying || playback?.toggle()),
	pause: () => void (playback?.state.isPlaying && playback.toggle()),
	seek: (seconds) => playback?.seek(seconds * 1000),
	setRate: (rate) => playback?.setRate(rate)
};
