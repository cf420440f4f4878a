/** Shares one network between the two pictures, as far as their sources let themselves be steered. */
import type { PictureId } from '../model.ts';
import { savesDataEverywhere } from './line.ts';
import { ENOUGH_S, nextStep, shouldYield, stepsOf, type Ladders, type Rung } from './quality.ts';
import { throughput, withTransfer, type Transfer } from './throughput.ts';

/** A source whose rungs can be chosen. */
export type Steered = {
	readonly id: PictureId;
	/** From small to large. */
	readonly rungs: Rung[];
	readonly isFetching: boolean;
	/** How many seconds of media a second takes. */
	readonly rate: number;
	/** Seconds ready to be shown; Infinity when the rest is there. */
	readonly readyS: number;
	/** What is loading just now. */
	readonly underWay: Transfer | null;
	/** From the next segment on; what is buffered stays. */
	setRung(index: number): void;
	/** Loads no further segment until told otherwise. */
	setYielding(isYielding: boolean): void;
};

/** So many segments tell what the network is like just now. */
const LATELY = 3;

export class Steering {
	#savesData = false;
	readonly #sources = new Set<Steered>();
	#transfers: Transfer[] = [];
	#step = 0;

	/** Whether only the smallest rungs are wanted: so chosen, or so asked of the browser. */
	get savesData(): boolean {
		return this.#savesData || savesDataEverywhere();
	}

	/** Acts from the next segment on where there is steering, else when a source is next opened. */
	setSavesData(isOn: boolean): void {
		this.#savesData = isOn;
		this.look();
	}

	/** Answers a function that lets it go again. */
	add(source: Steered): () => void {
		this.#sources.add(source);
		this.look();
		return () => {
			this.#sources.delete(source);
			this.look();
		};
	}

	loaded(transfer: Transfer): void {
		this.#transfers = withTransfer(this.#transfers, transfer);
		this.look();
	}

	/** Chooses anew: after every segment, and now and then while one is slow to come. */
	look(): void {
		const fetching = [...this.#sources].filter(({ isFetching }) => isFetching);
		const ladders: Ladders = { demonstration: [], sign: [] };
		for (const { id, rungs, rate } of fetching)
			ladders[id] = rungs.map((rung) => ({
				...rung,
				bitsPerSecond: rung.bitsPerSecond * Math.max(1, rate)
			}));
		const steps = stepsOf(ladders);
		const carried = this.#carried(fetching);
		this.#step = this.savesData ? 0 : nextStep(steps, this.#step, carried);
		for (const source of fetching) {
			source.setRung(steps[this.#step]?.[source.id] ?? 0);
			const others = fetching.filter((other) => other !== source);
			source.setYielding(others.some(({ readyS }) => shouldYield(source.readyS, readyS)));
		}
	}

	/** With little ready, the newest counts as soon as it is the worse; else one slow answer may pass. */
	#carried(fetching: Steered[]): number {
		const underWay = fetching.flatMap((source) => source.underWay ?? []);
		const usual = throughput([...this.#transfers, ...underWay]);
		if (fetching.every(({ readyS }) => readyS > ENOUGH_S)) return usual;
		const lately = throughput([...this.#transfers.slice(-LATELY), ...underWay]);
		return Math.min(usual, lately || usual);
	}
}
