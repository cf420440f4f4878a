/** All that is at hand while captions are written, and what every key does with it. */
import type { AboutCaptions } from '#lib/captions/check.ts';
import { openDraftStore } from './draft-store.ts';
import type { Beside } from './given.ts';
import type { Action } from './keys.ts';
import { Playhead } from './playhead.svelte.ts';
import { type CaptionServer, type Kept, Saving } from './saving.svelte.ts';
import * as steps from './steps.ts';
import { fromWebVtt, timedCount } from '#lib/captions/untimed.ts';
import { startOf, Writing } from './writing.svelte.ts';

type Begin = {
	owner: string;
	kept?: Kept;
	server: CaptionServer;
	/** Undefined while there is no video to tap along with. */
	durationMs?: number;
	about: () => AboutCaptions;
};
const FRAME_MS = 34;
const NUDGE_MS = 100;

export class Desk {
	readonly writing: Writing;
	readonly playhead: Playhead;
	readonly saving: Saving;

	/** What an earlier visit left has been looked for. */
	isOpen = $state(false);
	isRestored = $state(false);
	isTapping = $state(false);
	isFinding = $state(false);
	isAdding = $state(false);
	/** Where the chosen caption's words are written. */
	area: HTMLTextAreaElement | undefined = $state();
	/** How many lines have no time. */
	readonly left: number = $derived.by(() => {
		const { cues } = this.writing;
		return cues.length - timedCount(cues);
	});

	readonly #begin: Begin;

	constructor(begin: Begin) {
		this.#begin = begin;
		const { owner, kept, server, durationMs } = begin;
		this.writing = new Writing(kept?.webvtt ?? 'WEBVTT');
		this.playhead = new Playhead(durationMs ?? 0);
		this.saving = new Saving(server, {
			key: owner,
			revision: kept?.revision ?? 0,
			...(kept?.savedAt && { savedAt: kept.savedAt }),
			read: () => {
				const { webvtt, timed, cues } = this.writing;
				return { webvtt, timed: timed.length, lines: cues.length };
			}
		});
	}

	get #about(): AboutCaptions {
		return this.#begin.about();
	}

	get canTap(): boolean {
		return this.#begin.durationMs !== undefined && this.left > 0;
	}

	/** Takes up what an earlier visit left here. @returns puts everything away */
	open(): () => void {
		void this.saving.open(openDraftStore).then((draft) => {
			if (draft) this.writing.replace(fromWebVtt(draft.webvtt));
			this.isRestored = draft !== undefined;
			this.isOpen = true;
		});
		const goOn = () => {
			if (document.visibilityState === 'hidden') void this.saving.keep();
			else if (this.saving.state.kind !== 'saved') void this.saving.save();
		};
		const leaving = new AbortController();
		const { signal } = leaving;
		window.addEventListener('online', goOn, { signal });
		window.addEventListener('pagehide', () => void this.saving.keep(), { signal });
		document.addEventListener('visibilitychange', goOn, { signal });
		return () => {
			leaving.abort();
			void this.saving.leave();
		};
	}

	choose(index: number): void {
		this.writing.choose(index);
		const startMs = startOf(this.writing.chosen);
		if (startMs !== undefined) this.playhead.seek(startMs);
	}

	/** A moment from which something is missing; what is said before it is at hand. */
	goTo(atMs: number): void {
		this.follow(atMs);
		this.playhead.seek(atMs);
	}

	/** While it plays, what is shown is what can be changed, unless somebody is changing something. */
	follow(atMs: number): void {
		if (this.isTapping || document.activeElement === this.area) return;
		const at = this.writing.timed.findLastIndex(({ startMs }) => startMs <= atMs);
		if (at >= 0 && at !== this.writing.index) this.writing.choose(at);
	}

	/** One step; steps of one name at one place are undone together. */
	take(step: (place: steps.Place) => steps.Place, name?: string): void {
		const { writing } = this;
		writing.take(step(writing.place), name && `${name} ${writing.index}`);
	}

	/** Parts the chosen one where the cursor stands, if it is being written in. */
	split(): void {
		const { area } = this;
		const isTyped = area !== undefined && document.activeElement === area;
		const at = isTyped ? [...area.value.slice(0, area.selectionStart)].length : undefined;
		this.take((place) => steps.splitAt(place, at, this.playhead.nowMs(), this.#about));
	}

	playChosen(): void {
		const { chosen } = this.writing;
		if (chosen && startOf(chosen) !== undefined) this.playhead.playSpan(chosen);
	}

	takeLines(words: string): void {
		this.take((place) => steps.addLines(place, words));
		this.isAdding = false;
		this.isTapping = this.canTap;
	}

	/** The same times; for plain words the same words, to be made easier. */
	takeFrom({ cues }: Beside): void {
		const isPlain = this.#about.tier === 'plain';
		const taken = cues.map(({ startMs, endMs, text, settings }) => ({
			...{ id: '', startMs, endMs, settings },
			text: isPlain ? text : ''
		}));
		this.writing.take({ cues: taken, index: 0 });
	}

	/** What each key does; `nextFinding` is the checks' own. */
	readonly actions: Record<Exclude<Action, 'nextFinding'>, () => void> = {
		playPause: () => this.playhead.toggle(),
		back: () => this.playhead.step(-1000),
		on: () => this.playhead.step(1000),
		frameBack: () => this.playhead.step(-FRAME_MS),
		frameOn: () => this.playhead.step(FRAME_MS),
		playCue: () => this.playChosen(),
		startHere: () => this.take((place) => steps.startAt(place, this.playhead.nowMs(), this.#about)),
		endHere: () => this.take((place) => steps.endAt(place, this.playhead.nowMs())),
		earlier: () => this.take((place) => steps.nudge(place, -NUDGE_MS), 'nudge'),
		later: () => this.take((place) => steps.nudge(place, NUDGE_MS), 'nudge'),
		restEarlier: () => this.take((place) => steps.nudgeRest(place, -NUDGE_MS), 'rest'),
		restLater: () => this.take((place) => steps.nudgeRest(place, NUDGE_MS), 'rest'),
		previous: () => this.choose(this.writing.index - 1),
		next: () => this.choose(this.writing.index + 1),
		split: () => this.split(),
		join: () => this.take(steps.joinNext),
		insert: () => this.take((place) => steps.insertAt(place, this.playhead.nowMs(), this.#about)),
		remove: () => this.take(steps.remove),
		undo: () => this.writing.undo(),
		redo: () => this.writing.redo(),
		find: () => (this.isFinding = true),
		tap: () => (this.isTapping = this.canTap),
		save: () => void this.saving.save()
	};
}
