/** What a tap means, on each of the three things that can be marked. */
import * as m from '#lib/words/compiled/messages.js';
import type { Draft } from './draft.svelte.ts';
import type { Film } from './film.ts';
import {
	type AreaMark,
	areaLayer,
	type Marks,
	stepLayer,
	type StepMark,
	turnLayer,
	type TurnMark,
	withHandsAt
} from './marks.ts';
import { beginAt, change, indexAt, type Keyed, type Layer, onGrid } from './spans.ts';

/** The first letter begins one; the second says, in a turn, that the hands begin. */
export const MARK_KEYS = ['a', 'd'];

const newKey = (): string => crypto.randomUUID();
/** Where hands are, most often. */
const MIDDLE = { x: 333, y: 333, width: 334, height: 334 };

export class Marking {
	layer: keyof Marks = $state('steps');
	/** For those who do not see what became of their press. */
	said = $state('');
	readonly draft: Draft;
	readonly layers: { steps: Layer<StepMark>; turns: Layer<TurnMark>; areas: Layer<AreaMark> };
	readonly #film: () => Film | undefined;

	constructor(draft: Draft, durationMs: number, film: () => Film | undefined) {
		this.draft = draft;
		this.#film = film;
		this.layers = {
			steps: stepLayer(durationMs),
			turns: turnLayer(durationMs),
			areas: areaLayer(durationMs)
		};
	}

	get nowMs(): number {
		return onGrid(this.#film()?.exactMs() ?? 0);
	}

	look(atMs: number, isPlaying = false): void {
		const film = this.#film();
		if (!isPlaying) film?.pause();
		film?.seek(atMs);
		if (isPlaying) film?.play();
	}

	/** One begins where the film stands. @returns its key, unless there is no room for it */
	begin(isSecond = false): string | undefined {
		if (isSecond) return this.#handsBegin();
		const { steps, turns, areas } = this.draft.marks;
		const key = newKey();
		const put = <T extends Keyed>(before: readonly T[], after: readonly T[], changed: object) => {
			if (after === before) {
				this.said = m.steps_too_close();
				return undefined;
			}
			this.draft.apply(changed);
			this.said = m.steps_begun({ number: after.findIndex((mark) => mark.key === key) + 1 });
			return key;
		};
		if (this.layer === 'turns') {
			const after = beginAt(turns, this.nowMs, this.layers.turns, (span) => ({ ...span, key }));
			return put(turns, after, { turns: after });
		}
		if (this.layer === 'areas') {
			const make = (span: { startMs: number; endMs: number }) => ({ ...MIDDLE, ...span, key });
			const after = beginAt(areas, this.nowMs, this.layers.areas, make);
			return put(areas, after, { areas: after });
		}
		const make = (span: { startMs: number; endMs: number }) => ({
			...{ title: '', note: '', key },
			...span
		});
		const after = beginAt(steps, this.nowMs, this.layers.steps, make);
		return put(steps, after, { steps: after });
	}

	/** In the turn that is going on, one looks at the hands from here on. */
	#handsBegin(): string | undefined {
		if (this.layer !== 'turns') return undefined;
		const { turns } = this.draft.marks;
		const index = indexAt(turns, this.nowMs);
		const turn = turns[index];
		if (!turn) {
			this.said = m.steps_turn_first();
			return undefined;
		}
		this.draft.apply({ turns: change(turns, index, withHandsAt(turn, this.nowMs)) });
		this.said = m.steps_hands_begun();
		return turn.key;
	}
}
