/** What every key and button does. */
import * as m from '#lib/words/compiled/messages.js';
import type { Action } from './keys.ts';
import type { Playback } from './playback.svelte.ts';
import * as loop from './practice/loop.ts';
import { isAlone } from './stage/pictures.ts';
import { zoomedBy } from './stage/zoom.ts';
import type { Viewing } from './viewing.svelte.ts';

/** @param soundSrc where the lesson's sound is, if it has any */
export function actionsOf(
	viewing: Viewing,
	soundSrc: () => string | undefined
): Record<Action, () => void> {
	const toStep = (by: number): void => {
		const { steps, positionMs } = viewing;
		const at = steps.findLastIndex(({ startMs }) => startMs <= positionMs);
		const target = steps[Math.max(0, Math.min(steps.length - 1, at + by))];
		if (target) viewing.playback?.seek(target.startMs);
	};
	/** Changes what is repeated, and says so. */
	const repeat = (change: (playback: Playback) => string): void => {
		if (viewing.playback) viewing.choices.said = change(viewing.playback);
	};
	/** Taking turns needs both pictures in view. */
	const toggleTurns = (): void => {
		if (!viewing.isPair) return;
		if (isAlone(viewing.layout)) viewing.choices.change({ layout: 'side', takesTurns: false });
		viewing.choices.toggle('takesTurns', m.player_turns());
	};
	const toggleSound = (): void => {
		const src = soundSrc();
		if (src) viewing.playback?.setSound(viewing.playback.hasSound ? null : src);
	};
	return {
		play: () => (viewing.playback?.hasStarted ? viewing.playback.toggle() : viewing.begin()),
		back: () => viewing.playback?.seekBy(-5000),
		forward: () => viewing.playback?.seekBy(5000),
		frameBack: () => viewing.playback?.step(-1),
		frameForward: () => viewing.playback?.step(1),
		stepBack: () => toStep(-1),
		stepForward: () => toStep(1),
		again: () => repeat((it) => loop.repeatCue(it, viewing.captions.first?.cues ?? [])),
		slower: () => viewing.choices.changeRate(-1),
		faster: () => viewing.choices.changeRate(1),
		loopStart: () => repeat(loop.markStart),
		loopEnd: () => repeat(loop.markEnd),
		swap: () => viewing.hasTwo && viewing.choices.swap(),
		layout: () => viewing.isPair && viewing.choices.nextLayout(viewing.layouts, viewing.layout),
		sign: () => viewing.isPair && viewing.choices.toggleSign(),
		turns: toggleTurns,
		practice: () => {
			if (viewing.isPractising) viewing.stopPractising();
			else if (viewing.steps.length > 0) viewing.practise();
		},
		mirror: () => viewing.choices.toggle('isMirrored', m.player_mirror()),
		zoomIn: () => (viewing.zoom = zoomedBy(viewing.zoom, 1)),
		zoomOut: () => (viewing.zoom = zoomedBy(viewing.zoom, -1)),
		captions: () => viewing.choices.toggle('hasCaptions', m.player_captions()),
		sound: toggleSound,
		fullscreen: () => void viewing.fullscreen.toggle(),
		help: () => (viewing.isHelpOpen = !viewing.isHelpOpen)
	};
}
