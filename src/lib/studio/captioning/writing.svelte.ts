/** The captions being written, which of them is worked on, and every step back. */
import { type CaptionTrack, type Cue, emptyTrack } from '#lib/captions/cue.ts';
import { CaptionHistory } from '#lib/captions/history.ts';
import { saysNoSounds, sayingNoSounds } from '#lib/captions/quiet.ts';
import { isTimed, fromWebVtt, timedCount, toWebVtt } from '#lib/captions/untimed.ts';
import type { Place } from './steps.ts';

/** Header, styles, regions and comments: all of a file but its captions. */
type Frame = Omit<CaptionTrack, 'cues'>;
/** A step that changed the frame too, by how many steps there were after it. */
type FrameStep = { steps: number; before: Frame; after: Frame };

export class Writing {
	cues: readonly Cue[] = $state.raw([]);
	index = $state(0);
	canUndo = $state(false);
	canRedo = $state(false);
	/** Counts every change, undoing too. */
	changes = $state(0);
	readonly chosen: Cue | undefined = $derived(this.cues[this.index]);
	readonly timed: readonly Cue[] = $derived(this.cues.slice(0, timedCount(this.cues)));

	#history = new CaptionHistory();
	#frame: Frame = $state.raw(emptyTrack());
	#frames: FrameStep[] = [];

	constructor(webvtt: string) {
		const { cues, ...frame } = fromWebVtt(webvtt);
		this.cues = cues;
		this.#frame = frame;
	}

	get place(): Place {
		return { cues: this.cues, index: this.index };
	}

	/** All of it, lines without a time as a note. */
	get webvtt(): string {
		return toWebVtt(this.track);
	}

	get track(): CaptionTrack {
		return { ...this.#frame, cues: [...this.cues] };
	}

	/** Somebody has made sure that no sound of the video matters. */
	get saysNoSounds(): boolean {
		return saysNoSounds(this.#frame);
	}

	/** Says so, or takes it back; pressing the other button is its step back. */
	sayNoSounds(isSaid: boolean): void {
		this.#frame = sayingNoSounds(this.#frame, isSaid);
		this.changes++;
	}

	choose(index: number): void {
		this.index = Math.max(0, Math.min(index, this.cues.length - 1));
	}

	/** @param merge steps of one name in quick succession are undone together */
	take({ cues, index }: Place, merge?: string): void {
		if (cues === this.cues) return this.choose(index);
		const key = merge === undefined ? undefined : { key: merge, atMs: Date.now() };
		this.#history.record(this.cues, cues, key);
		this.#frames = this.#frames.filter(({ steps }) => steps < this.#history.undoCount);
		this.#show(cues, index);
	}

	/** Another file in place of this one; undoing brings all of this one back. */
	replace({ cues, ...after }: CaptionTrack): void {
		const before = this.#frame;
		this.take({ cues, index: 0 });
		this.#frames.push({ steps: this.#history.undoCount, before, after });
		this.#frame = after;
	}

	undo(): void {
		const steps = this.#history.undoCount;
		const cues = this.#history.undo(this.cues);
		if (!cues) return;
		this.#frame = this.#frames.find((one) => one.steps === steps)?.before ?? this.#frame;
		this.#show(cues, firstChange(this.cues, cues));
	}

	redo(): void {
		const cues = this.#history.redo(this.cues);
		if (!cues) return;
		const steps = this.#history.undoCount;
		this.#frame = this.#frames.find((one) => one.steps === steps)?.after ?? this.#frame;
		this.#show(cues, firstChange(this.cues, cues));
	}

	#show(cues: readonly Cue[], index: number): void {
		this.cues = cues;
		this.choose(index);
		this.canUndo = this.#history.undoCount > 0;
		this.canRedo = this.#history.redoCount > 0;
		this.changes++;
	}
}

function firstChange(before: readonly Cue[], after: readonly Cue[]): number {
	const at = after.findIndex((cue, index) => cue !== before[index]);
	return at < 0 ? after.length - 1 : at;
}

/** Where a caption starts, if it has a time. */
export const startOf = (cue: Cue | undefined): number | undefined =>
	cue && isTimed(cue) ? cue.startMs : undefined;
