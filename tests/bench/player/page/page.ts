/**
 * Our player on a bare page: `?main=…&sign=…`, and optionally `&sound=…&thumbnails=…&seconds=…`;
 * `&signSize=480x480` says another size of the signer's picture, `&signed` that the one video is
 * signed at source, and `&rich` adds steps, turns, hands at work, a glossary and a sound that matters;
 * `&otherSign=…` is the same in another sign language;
 * `&settings` is JSON of what the person chose last, `&captions` is a WebVTT file's text to be shown instead of invented lines.
 */
import '#lib/ui/tokens.css';
import '#lib/ui/base.css';
import { flushSync, mount } from 'svelte';
import Player from '#lib/player/Player.svelte';
import type { Playback } from '#lib/player/playback.svelte.ts';
import type { Watched } from '#lib/player/model.ts';
import type { PlayerProps } from '#lib/player/props.ts';

declare global {
	interface Window {
		__watched: Watched[];
	}
}

const query = new URLSearchParams(location.search);
const address = (name: string): string | undefined => query.get(name) ?? undefined;
const main = address('main');
const sign = address('sign');
const otherSign = address('otherSign');
const sound = address('sound');
const composite = address('composite');
const corner = address('corner');
const [signWidth = 640, signHeight = 360] = (address('signSize') ?? '')
	.split('x')
	.filter(Boolean)
	.map(Number);
const durationMs = Number(query.get('seconds') ?? 40) * 1000;
const isRich = query.has('rich');
const LINES = [
	'先把糯米粉倒进盆里。',
	'加水，用手慢慢揉。',
	'<v 师傅>揉到不粘手，\n就可以了。',
	'包馅：皮要薄。'
];
const file = query.get('captions');
const track =
	file === null ? null : (await import('#lib/captions/webvtt.ts')).parseWebVtt(file).track;
const invented = Array.from({ length: Math.floor(durationMs / 2500) }, (_, i) => ({
	id: String(i),
	startMs: i * 2500,
	endMs: i * 2500 + 2300,
	text: isRich && i === 2 ? '<c.alert>[烤箱提示音]</c>' : (LINES[i % LINES.length] ?? ''),
	settings: {}
}));
const cues = track?.cues ?? invented;
const stepMs = durationMs / 4;
const rich: Partial<PlayerProps> = {
	steps: ['和面', '包馅', '脱模', '烘烤'].map((name, i) => ({
		id: `step-${i + 1}`,
		title: name,
		startMs: i * stepMs,
		endMs: (i + 1) * stepMs,
		...(i === 0 && { note: '糖浆倒在中间，慢慢揉。', hazards: ['hygiene', 'allergen'] as const }),
		...(i === 1 && { note: '皮要薄，口要收紧。' }),
		...(i === 3 && {
			...{ note: '烤箱很烫！戴好手套。', hazards: ['hot'] as const },
			timer: { label: '烘烤', durationMs: 20 * 60_000 }
		})
	})),
	turns: [
		{ startMs: 0, endMs: 5000, sign: { startMs: 0, endMs: 2500 } },
		{ startMs: 5000, endMs: 10_000, hands: { startMs: 6000, endMs: 10_000 } },
		{ startMs: 10_000, endMs: 15_000 }
	],
	glossary: [
		{
			term: '糯米粉',
			variants: ['Line'],
			explanation: '很细的白粉，有黏性。',
			clip: sign ? { src: sign, width: 640, height: 360 } : undefined
		},
		{ term: '馅', explanation: '包在皮里面的东西。' }
	]
};
const action = [{ startMs: 0, endMs: durationMs / 2, x: 0.55, y: 0.5, width: 0.4, height: 0.45 }];

window.__watched = [];
let playback: Playback | undefined;
mount(Player, {
	target: document.getElementById('page') as HTMLElement,
	props: {
		title: '包月饼',
		durationMs,
		demonstration: main
			? {
					...{ src: main, width: 640, height: 360, thumbnailsSrc: address('thumbnails') },
					...(isRich && { action })
				}
			: undefined,
		sign: sign
			? { src: sign, width: signWidth, height: signHeight, language: 'csl', label: '中国手语' }
			: undefined,
		otherSigns: otherSign
			? [{ src: otherSign, width: 640, height: 360, language: 'ase', label: 'ASL' }]
			: [],
		sound: sound ? { src: sound } : undefined,
		captions: [
			{ id: 'zh', language: 'zh-CN', label: '中文', cues, regions: track?.regions },
			{
				id: 'en',
				language: 'en',
				label: 'English',
				cues: cues.map((c) => ({ ...c, text: `Line ${c.id}` }))
			}
		],
		...(isRich && rich),
		settings: JSON.parse(query.get('settings') ?? '{}') as PlayerProps['settings'],
		isSignedAtSource: query.has('signed'),
		composite: composite
			? {
					side: { src: composite, width: 1280, height: 360 },
					corner: corner ? { src: corner, width: 640, height: 360 } : undefined
				}
			: undefined,
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
// Others load from the start; to be measured alike, so does this page, once it stands. In the
// product a viewer asks for it.
if (query.has('load')) {
	await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
	playback?.prepare();
}
window.__playerBench = {
	main: first as HTMLVideoElement,
	sign: (second ?? first) as HTMLVideoElement,
	ready,
	play: () => void (playback?.state.isPlaying || playback?.toggle()),
	pause: () => void (playback?.state.isPlaying && playback.toggle()),
	seek: (seconds) => playback?.seek(seconds * 1000),
	setRate: (rate) => playback?.setRate(rate),
	setSound: (isOn) => playback?.setSound(isOn && sound ? sound : null)
};
