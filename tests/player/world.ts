/** A simulated world for the clock: time that is stepped by hand, and tracks with real-life faults. */
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import type { Section } from '#lib/player/clock/sections.ts';
import { SyncClock } from '#lib/player/clock/sync-clock.ts';
import type { Turn } from '#lib/player/model.ts';
import { Pacing } from '#lib/player/pacing/pacing.ts';
import type {
	PresentedFrame,
	Readiness,
	Scheduler,
	TrackEvent,
	TrackPlayer
} from '#lib/player/clock/track.ts';

/** The finest moment of this world. */
export const STEP_MS = 4;
const VSYNC_MS = 1000 / 60;

export class World implements Scheduler {
	#nowMs = 1000;
	readonly #timers = new Set<{ everyMs: number; dueMs: number; run: () => void }>();
	readonly tracks: SimTrack[] = [];
	/** How many tracks this browser lets play: an old phone pauses one as soon as another plays. */
	allows: 'all' | 'one' | 'none' = 'all';

	nowMs(): number {
		return this.#nowMs;
	}

	every(everyMs: number, run: () => void): () => void {
		const timer = { everyMs, dueMs: this.#nowMs + everyMs, run };
		this.#timers.add(timer);
		return () => void this.#timers.delete(timer);
	}

	track(life: Partial<Life> = {}): SimTrack {
		const track = new SimTrack(this, life);
		this.tracks.push(track);
		return track;
	}

	/** Time passes and no timer runs: the page is frozen, while the media may go on. */
	freeze(ms: number, goesOn: SimTrack[] = []): void {
		for (let passed = 0; passed < ms; passed += STEP_MS) {
			this.#nowMs += STEP_MS;
			for (const track of goesOn) track.live(STEP_MS, false);
		}
	}

	/** Lets time pass; `look` is called at every screen refresh. */
	pass(ms: number, look: () => void = () => undefined): void {
		const endMs = this.#nowMs + ms;
		while (this.#nowMs < endMs) {
			const before = Math.floor(this.#nowMs / VSYNC_MS);
			this.#nowMs += STEP_MS;
			const isRefresh = Math.floor(this.#nowMs / VSYNC_MS) > before;
			for (const track of this.tracks) track.live(STEP_MS, isRefresh);
			for (const timer of this.#timers) {
				if (timer.dueMs > this.#nowMs) continue;
				timer.dueMs = this.#nowMs + timer.everyMs;
				timer.run();
			}
			if (isRefresh) look();
		}
	}
}

export type Life = {
	durationMs: number;
	/** From play() to the clock moving. */
	startMs: number;
	seekMs: number;
	/** A clock that runs this share too fast (sound hardware does). */
	fast: number;
	/** Media ms that arrive per ms. */
	network: number;
	/** The clock stands still for `forMs` at media time `atMs` although all data is there. */
	hiccups: { atMs: number; forMs: number }[];
	hasPictures: boolean;
};

export class SimTrack implements TrackPlayer {
	readonly #world: World;
	readonly #listeners = new Set<(event: TrackEvent) => void>();
	readonly life: Life;
	readonly durationMs: number;
	positionMs = 0;
	isPaused = true;
	isSeeking = false;
	presented: PresentedFrame | null = null;
	rate = 1;
	isLost = false;
	/** Every rate that was asked for, every seek, and every frame shown while playing. */
	readonly rates: number[] = [];
	readonly seeks: number[] = [];
	readonly shown: number[] = [];
	isPrepared = false;
	isFetching = true;
	/** Set to 0 to cut the line. */
	network: number;
	#bufferedMs = 0;
	#startsAtMs = 0;
	#stuckUntilMs = 0;
	#seekedAtMs = 0;
	#seekTo = 0;
	#count = 0;
	#isStarved = false;

	constructor(world: World, life: Partial<Life>) {
		this.#world = world;
		this.life = {
			...{ durationMs: 60_000, startMs: 10, seekMs: 60, fast: 0, network: 8 },
			...{ hiccups: [], hasPictures: true, ...life }
		};
		this.durationMs = this.life.durationMs;
		this.network = this.life.network;
	}

	get hasEnded(): boolean {
		return this.positionMs >= this.durationMs;
	}
	get bufferedAheadMs(): number {
		return this.#bufferedMs >= this.durationMs ? Infinity : this.#bufferedMs - this.positionMs;
	}
	get readiness(): Readiness {
		if (this.isSeeking || this.#bufferedMs <= 0 || this.bufferedAheadMs < 0) return 'nothing';
		return this.bufferedAheadMs > FRAME_MS ? 'next frames' : 'this frame';
	}

	prepare(): void {
		this.isPrepared = true;
	}
	setFetching(isOn: boolean): void {
		this.isFetching = isOn;
	}
	play(): void {
		if (this.#world.allows === 'none') return;
		if (this.#world.allows === 'one') for (const track of this.#world.tracks) track.pause();
		this.isPaused = false;
		this.#startsAtMs = this.#world.nowMs() + this.life.startMs;
	}
	pause(): void {
		this.isPaused = true;
	}
	seek(mediaMs: number): void {
		this.seeks.push(mediaMs);
		this.isSeeking = true;
		this.#seekTo = mediaMs;
		this.#seekedAtMs = this.#world.nowMs() + this.life.seekMs;
		if (mediaMs > this.#bufferedMs) this.#bufferedMs = mediaMs;
	}
	setRate(rate: number): void {
		this.rate = rate;
		this.rates.push(rate);
	}
	listen(listener: (event: TrackEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	lose(): void {
		this.isLost = true;
		this.#tell('lost');
	}

	live(stepMs: number, isRefresh: boolean): void {
		if (!this.isPrepared || this.isLost) return;
		if (this.isFetching)
			this.#bufferedMs = Math.min(this.durationMs, this.#bufferedMs + stepMs * this.network);
		const nowMs = this.#world.nowMs();
		if (this.isSeeking && nowMs >= this.#seekedAtMs && this.#bufferedMs > this.#seekTo) {
			this.isSeeking = false;
			this.positionMs = this.#seekTo;
			this.#show();
			this.#tell('change');
		}
		this.#move(stepMs, nowMs);
		const isNew = this.presented?.mediaMs !== frameAt(this.positionMs) * FRAME_MS;
		if (isRefresh && isNew && !this.isSeeking && this.#bufferedMs > 0) this.#show();
	}

	#move(stepMs: number, nowMs: number): void {
		if (this.isPaused || this.isSeeking || this.hasEnded) return;
		if (nowMs < this.#startsAtMs || nowMs < this.#stuckUntilMs) return;
		const before = this.positionMs;
		const wanted = before + stepMs * this.rate * (1 + this.life.fast);
		this.positionMs = Math.min(wanted, this.#bufferedMs, this.durationMs);
		const hiccup = this.life.hiccups.find((h) => h.atMs >= before && h.atMs < this.positionMs);
		if (hiccup) this.#stuckUntilMs = nowMs + hiccup.forMs;
		const isStarved = this.positionMs < wanted && !this.hasEnded;
		if (isStarved && !this.#isStarved) this.#tell('starved');
		this.#isStarved = isStarved;
	}

	#show(): void {
		if (!this.life.hasPictures) return;
		const frame = frameAt(this.positionMs);
		this.#count++;
		const atMs = this.#world.nowMs();
		this.presented = { mediaMs: frame * FRAME_MS, atMs, count: this.#count };
		if (!this.isPaused) this.shown.push(frame);
		this.#tell('frame');
	}

	#tell(event: TrackEvent): void {
		for (const listener of this.#listeners) listener(event);
	}
}

export const LENGTH_MS = 60_000;

type Placed = Partial<Life> & { offsetMs?: number; sections?: Section[] };

/** A lesson of a minute whose tracks live such lives; the first one leads. */
export function lesson(...lives: Placed[]) {
	const world = new World();
	const clock = new SyncClock(world, LENGTH_MS);
	const tracks = lives.map((life, i) => {
		const player = world.track(life);
		const kind = life.hasPictures === false ? 'sound' : 'picture';
		const { offsetMs = 0, sections = [] } = life;
		clock.add({ id: `track ${i}`, player, kind, offsetMs, sections });
		return player;
	});
	return { world, clock, tracks: tracks as [SimTrack, SimTrack, ...SimTrack[]] };
}

/** A demonstration and a signer, with the lesson's pacing above their clock. */
export function paced(turns: Turn[] | null, main: Placed = {}, sign: Placed = {}) {
	const world = new World();
	const clock = new SyncClock(world, LENGTH_MS);
	const pacing = new Pacing(clock, LENGTH_MS);
	const [hands, signer] = [world.track(main), world.track(sign)];
	clock.add({ id: 'demonstration', player: hands });
	clock.add({ id: 'sign', player: signer, sections: sign.sections ?? [] });
	pacing.setPair(true);
	pacing.setTurns(turns);
	return { world, clock, pacing, hands, signer };
}

export const apart = (a: SimTrack, b: SimTrack): number => Math.abs(a.positionMs - b.positionMs);
export const frameOf = (track: SimTrack): number => frameAt(track.presented?.mediaMs ?? NaN);
