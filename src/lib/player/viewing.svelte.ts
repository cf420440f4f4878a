/** One person looking at one lesson: what is shown and what is on. */
import { tick, untrack } from 'svelte';
import * as m from '#lib/words/compiled/messages.js';
import { actionsOf } from './actions.ts';
import { Choices } from './choices.svelte.ts';
import { Fullscreen } from './fullscreen.svelte.ts';
import type { Action } from './keys.ts';
import type {
	CaptionLook,
	Layout,
	PictureId,
	Settings,
	SignTrack,
	Span,
	Step,
	Term,
	Video
} from './model.ts';
import { Playback } from './playback.svelte.ts';
import { DoneSteps } from './practice/done.ts';
import type { PlayerProps } from './props.ts';
import { attentionAt } from './stage/attention.ts';
import { compositeFor, isAlone, layoutsOf, type Pair, videosOf } from './stage/pictures.ts';
import type { Rect, Size } from './stage/placing.ts';
import { shown, UNZOOMED } from './stage/zoom.ts';

export type ShownVideo = { id: PictureId; video: Video; label: string };

export class Viewing {
	readonly choices: Choices;
	readonly fullscreen: Fullscreen;
	/** What every key and button does. */
	readonly actions: Record<Action, () => void>;
	readonly elements: Record<string, HTMLVideoElement> = {};
	readonly #given: () => PlayerProps;
	readonly #root: () => HTMLElement;
	#beforePractice: Pick<Settings, 'isMirrored' | 'rate'> | null = null;

	playback: Playback | null = $state.raw(null);
	isPanelOpen = $state(false);
	isHelpOpen = $state(false);
	isPractising = $state(false);
	hasZoomControls = $state(false);
	zoom = $state.raw(UNZOOMED);
	/** The word whose sign is looked up, and where the reader came from. */
	term: { term: Term; from: HTMLElement; wasPlaying: boolean } | null = $state.raw(null);
	doneIds: string[] = $state.raw([]);
	/** What is under the clock. */
	// Nothing is drawn from it, so it need not be reactive.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #put = new Map<PictureId, string>();

	constructor(given: () => PlayerProps, root: () => HTMLElement) {
		this.#given = given;
		this.#root = root;
		this.fullscreen = new Fullscreen(root);
		const { settings, rememberAs = '' } = untrack(given);
		this.actions = actionsOf(this, () => given().sound?.src);
		this.choices = new Choices(settings, rememberAs, (changed) => given().onsettings?.(changed));
	}

	readonly settings = $derived.by(() => this.choices.settings);
	readonly steps = $derived.by(() => this.#given().steps ?? []);
	readonly positionMs = $derived.by(
		() => this.playback?.positionMs ?? this.#given().resumeAtMs ?? 0
	);
	readonly storageKey = $derived.by(() => {
		const { rememberAs = '', lessonKey, title } = this.#given();
		return `${rememberAs}:${lessonKey ?? title}`;
	});

	readonly signs = $derived.by((): SignTrack[] => {
		const { sign, otherSigns = [] } = this.#given();
		return sign ? [sign, ...otherSigns] : otherSigns;
	});
	/** The sign track in the sign language wished for. */
	readonly sign = $derived.by(
		() =>
			this.signs.find(({ language }) => language === this.settings.signLanguage) ?? this.signs[0]
	);

	/** Two pictures are to be had, be it in one video. */
	readonly isPair = $derived.by(() => !!this.sign && !!this.#given().demonstration);
	readonly #pair = $derived.by((): Pair => {
		const { sign } = this;
		const { demonstration, composite } = this.#given();
		return {
			...{ demonstration, sign },
			// It is made of the first sign track only.
			composite: sign === this.signs[0] ? composite : undefined,
			playsOne: !!this.playback?.isRefused && this.isPair && !this.settings.takesTurns
		};
	});
	readonly layouts = $derived.by(() => layoutsOf(this.#pair));
	readonly layout = $derived.by((): Layout => {
		const { layout } = this.settings;
		return this.layouts.includes(layout) ? layout : (this.layouts[0] ?? layout);
	});
	/** Both pictures in one, where the browser plays only one at a time. */
	readonly single = $derived.by(() => compositeFor(this.#pair, this.onStage.layout));
	readonly videos = $derived.by((): ShownVideo[] => {
		const { title } = this.#given();
		return videosOf(this.#pair, this.onStage.layout).map(({ id, video }) => ({
			...{ id, video, label: m.player_video({ title, track: this.nameOf(id) }) }
		}));
	});
	readonly hasTwo = $derived.by(() => this.videos.length > 1);
	readonly shown = $derived.by((): PictureId[] => {
		const { layout } = this.settings;
		return this.hasTwo && isAlone(layout) ? [layout] : ['demonstration', 'sign'];
	});

	/** In practice mode the hands come first, and nothing lies on them: see practice/layout.css. */
	readonly onStage = $derived.by((): Settings => {
		const isLaidOn = this.isPractising && this.settings.layout === 'corner';
		return isLaidOn ? { ...this.settings, layout: 'side' } : this.settings;
	});
	/** Beside a signer as wide as high there is room for buttons. */
	readonly isSignerWide = $derived.by(() => !!this.sign && this.sign.width > this.sign.height);

	readonly captions = $derived.by(() => {
		const { captions = [] } = this.#given();
		const first = captions.find(({ id }) => id === this.settings.captions) ?? captions[0];
		const second = captions.find(({ id }) => id === this.settings.secondCaptions);
		return { all: captions, first, second: second === first ? undefined : second };
	});
	/**
	 * Captions over the picture lie on the demonstration and never on a signer: where he is the main
	 * or the only picture they stand below it.
	 */
	readonly captionPlace = $derived.by((): CaptionLook['place'] => {
		const { place } = this.settings.look;
		const { isSignedAtSource, demonstration } = this.#given();
		const isSigner = isSignedAtSource || !demonstration || !!this.single;
		const isLarge =
			!this.hasTwo || ['side', 'corner', 'demonstration'].includes(this.onStage.layout);
		return place === 'over' && (isSigner || !isLarge) ? 'below' : place;
	});
	readonly step = $derived.by((): Step | null => this.steps.find(this.#isNow) ?? null);
	readonly action = $derived.by(
		() => this.#given().demonstration?.action?.find(this.#isNow) ?? null
	);
	readonly attention = $derived.by((): PictureId | null => {
		const { playback } = this;
		// In turn-taking only one picture moves: that says where to look.
		const isWanted = this.settings.hasAttention && this.hasTwo && !playback?.turn;
		if (!isWanted || !playback?.state.isPlaying) return null;
		const cues = this.captions.first?.cues ?? [];
		return attentionAt(this.positionMs, {
			turns: this.#given().turns ?? [],
			steps: this.steps,
			cues
		});
	});

	readonly #isNow = ({ startMs, endMs }: Span): boolean =>
		this.positionMs >= startMs && this.positionMs < endMs;

	/** Where hands are at work in the demonstration's pane, in its pixels. */
	handsIn(pane: Size): Rect[] {
		const { action, zoom } = this;
		const { demonstration } = this.#given();
		if (!action || !demonstration) return [];
		const ratio = demonstration.width / demonstration.height;
		return [shown(action, zoom, { pane, ratio, isMirrored: this.settings.isMirrored })];
	}

	nameOf(id: string): string {
		const isSigned = id === 'sign' || this.#given().isSignedAtSource;
		return isSigned ? m.player_sign() : m.player_demonstration();
	}

	/** Begins, once there is a page. Answers how to end. */
	open(): () => void {
		const { durationMs, resumeAtMs = 0, onready } = this.#given();
		this.choices.recall();
		const own = new Playback(durationMs, resumeAtMs, (watched) =>
			this.#given().onwatched?.(watched)
		);
		this.playback = own;
		this.putPictures();
		this.doneIds = new DoneSteps(this.storageKey).ids;
		onready?.(own);
		return () => own.close();
	}

	/** Brings under the clock what is on the stage; what is there already stays as it is. */
	putPictures(): void {
		const { videos } = this;
		for (const id of this.#put.keys())
			if (!videos.some((one) => one.id === id)) {
				this.#put.delete(id);
				this.playback?.removePicture(id);
			}
		this.playback?.setShown(this.shown);
		for (const { id, video } of videos) if (this.#put.get(id) !== video.src) this.addPicture(id);
	}

	/** Puts a video under the clock; again after it was lost. */
	addPicture(id: PictureId): void {
		const { sign } = this;
		const src = this.videos.find((one) => one.id === id)?.video.src;
		const element = this.elements[id];
		if (!src || !element) return;
		const place = id === 'sign' && sign ? { offsetMs: sign.offsetMs, sections: sign.sections } : {};
		this.#put.set(id, src);
		this.playback?.addPicture({ id, src, element, ...place });
	}

	/** What turn-taking goes by; null while it is off, or there is nobody to take turns with. */
	readonly turnSources = $derived.by(() => {
		const { turns = [], durationMs } = this.#given();
		// Where only one video may play and there is no composite, they play one after the other.
		const isWanted = this.settings.takesTurns || this.playback?.isRefused;
		if (!isWanted || this.shown.length < 2 || !this.hasTwo) return null;
		return { turns, steps: this.steps, cues: this.captions.first?.cues ?? [], durationMs };
	});

	practise(from?: Step): void {
		if (from) this.playback?.seek(from.startMs);
		this.isPanelOpen = false;
		this.isPractising = true;
		const { isMirrored, rate } = this.settings;
		this.#beforePractice = { isMirrored, rate };
	}

	/** Whoever stood in what goes away stands on the button that brings it back. */
	stopPractising(): void {
		const root = this.#root();
		const wasInside = root.querySelector('[data-part=practice]')?.contains(document.activeElement);
		this.isPractising = false;
		this.playback?.setLoop(null);
		// How a step was looked at is no way to watch a lesson.
		if (this.#beforePractice) this.choices.change(this.#beforePractice);
		this.#beforePractice = null;
		if (wasInside) root.querySelector<HTMLElement>('[data-action=practice]')?.focus();
	}

	done(stepId: string): void {
		this.doneIds = new DoneSteps(this.storageKey).add(stepId);
		this.#given().onpractised?.(stepId);
	}

	/** The lesson waits while a sign is looked up, and goes on from the same place. */
	lookUp(term: Term, from: HTMLElement): void {
		this.term = { term, from, wasPlaying: this.playback?.state.isPlaying ?? false };
		this.playback?.pause();
	}

	closeTerm(): void {
		const { term } = this;
		if (term?.wasPlaying) this.playback?.play();
		(term?.from.isConnected ? term.from : this.#root()).focus();
		this.term = null;
	}

	/** On a phone on its side the button is only there again once the panel is gone. */
	closePanel(): void {
		this.isPanelOpen = false;
		void tick().then(() => this.#root().querySelector<HTMLElement>('[data-action=panel]')?.focus());
	}

	/** On a phone title and pictures fill the screen: who begins to watch wants the buttons too. */
	begin(): void {
		this.playback?.play();
		this.#root().scrollIntoView({ block: 'start' });
	}
}
