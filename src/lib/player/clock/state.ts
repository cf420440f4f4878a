/** What the clock is told and what it says. */
import type { Member } from './member.ts';
import type { Gathering } from './gather.ts';
import type { Section } from './sections.ts';
import type { TrackPlayer } from './track.ts';

export type Phase = 'paused' | 'playing' | 'seeking' | 'waiting' | 'ended';

export type ClockState = {
	phase: Phase;
	/** What the viewer asked for; true also while waiting. */
	isPlaying: boolean;
	/** The browser pauses one picture as soon as another plays; until the pictures change. */
	isRefused: boolean;
	positionMs: number;
	rate: number;
	/** Tracks the others are waiting for. */
	waitingFor: string[];
	lost: string[];
	/** How far each following picture is ahead on screen (by the clocks until enough was seen). */
	driftMs: Record<string, number>;
};

export type TrackPlan = {
	id: string;
	kind?: 'picture' | 'sound';
	player: TrackPlayer;
	/** Lesson time at which the track begins; negative when it began before. */
	offsetMs?: number;
	/** Instead of `offsetMs`: the pieces of the track and their places in the lesson. */
	sections?: readonly Section[];
};

/** Places, in lesson time, at which tracks stand while the others move. */
export type Parked = Readonly<Record<string, number>>;

const GATHERING: Record<Gathering['why'], Phase> = {
	...{ start: 'waiting', stall: 'waiting', pause: 'paused', seek: 'seeking', border: 'seeking' }
};

export const phaseOf = (
	gathering: Gathering | null,
	isWanted: boolean,
	hasEnded: boolean
): Phase => {
	if (hasEnded) return 'ended';
	if (gathering) return GATHERING[gathering.why];
	return isWanted ? 'playing' : 'paused';
};

export const driftsOf = (all: Member[]): Record<string, number> =>
	Object.fromEntries(
		all
			.filter((m) => m.kind === 'picture')
			.slice(1)
			.map((m) => [m.id, m.parkedMs === null ? m.pictureDriftMs || m.driftMs : 0])
	);

export const idsOf = (some: Member[]): string[] => some.map(({ id }) => id);

export const lostOf = (all: Member[]): string[] => idsOf(all.filter((m) => m.standing === 'lost'));
