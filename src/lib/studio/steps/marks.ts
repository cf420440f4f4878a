/** The three things that are marked on a lesson, while they are worked on. */
import {
	type AreaInput,
	MAX_AREAS,
	MAX_STEPS,
	MAX_TURNS,
	type Span,
	type StepInput,
	type TurnInput
} from '#lib/domain/timeline.ts';
import type { Keyed, Layer } from './spans.ts';

export type StepMark = Omit<StepInput, 'id'> & Keyed;
export type TurnMark = TurnInput & Keyed;
export type AreaMark = AreaInput & Keyed;

export type Marks = {
	steps: readonly StepMark[];
	turns: readonly TurnMark[];
	areas: readonly AreaMark[];
};

/** As the server has them, or takes them. */
export type KeptMarks = {
	steps: readonly (Omit<StepInput, 'note'> & { note?: string; picture?: string })[];
	turns: readonly TurnInput[];
	areas: readonly AreaInput[];
};

export const stepLayer = (durationMs: number): Layer<StepMark> => ({
	durationMs,
	max: MAX_STEPS,
	// A picture from outside of the step is none of it any more.
	fit: ({ pictureAtMs: at, ...step }) => ({
		...step,
		...(at !== undefined && at >= step.startMs && at < step.endMs && { pictureAtMs: at })
	})
});

export const turnLayer = (durationMs: number): Layer<TurnMark> => ({
	durationMs,
	max: MAX_TURNS,
	fit: (turn) => {
		const { key, startMs, endMs, sign, hands } = turn;
		if (sign && sign.endMs === hands?.startMs) return withHandsAt(turn, sign.endMs);
		const cut = (part?: Span) => {
			const from = Math.max(part?.startMs ?? endMs, startMs);
			const to = Math.min(part?.endMs ?? startMs, endMs);
			return from < to ? { startMs: from, endMs: to } : undefined;
		};
		const [signed, shown] = [cut(sign), cut(hands)];
		return {
			...{ key, startMs, endMs },
			...(signed && { sign: signed }),
			...(shown && { hands: shown })
		};
	}
});

/** From when on one looks at the hands; undefined while one looks at both as one likes. */
export const handsAt = ({ sign, hands }: TurnInput): number | undefined =>
	sign || hands ? (hands?.startMs ?? sign?.endMs) : undefined;

/** First the signer, from this moment on the hands. */
export function withHandsAt({ key, startMs, endMs }: TurnMark, atMs?: number): TurnMark {
	const turn = { key, startMs, endMs };
	if (atMs === undefined || atMs <= startMs || atMs >= endMs) return turn;
	return { ...turn, sign: { startMs, endMs: atMs }, hands: { startMs: atMs, endMs } };
}

export const areaLayer = (durationMs: number): Layer<AreaMark> => ({
	durationMs,
	max: MAX_AREAS,
	fit: (area) => area
});

/** What the first of two steps does not say, the second does. */
export function joinSteps(step: StepMark, next: StepMark): StepMark {
	const timer = step.timer ?? next.timer;
	const hazards = [...(step.hazards ?? []), ...(next.hazards ?? [])];
	return {
		...step,
		title: step.title || next.title,
		note: step.note || next.note,
		...(timer && { timer }),
		hazards: [...new Set(hazards)]
	};
}

/** The moment that is its picture when nobody chose one. */
export const pictureAt = ({ startMs, endMs, pictureAtMs }: StepMark): number =>
	pictureAtMs ?? Math.floor((startMs + endMs) / 2);
