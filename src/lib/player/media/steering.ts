/** Shares one network between the two pictures, as far as their sources let themselves be steered. */
import type { PictureId } from '../model.ts';
import { nextStep, stepsOf, type Ladders, type Rung } from './quality.ts';
import { throughput, withTransfer, type Transfer } from './throughput.ts';

/** A source whose rungs can be chosen. */
export type Steered = {
	readonly id: PictureId;
	/** From small to large. */
	readonly rungs: Rung[];
	readonly isFetching: boolean;
	/** How many seconds of media a second takes. */
	readonly rate: number;
	/** What is loading just now. */
	readonly underWay: Transfer | null;
	/** From the next segment on; what is buffered stays. */
	setRung(index: number): void;
};

export class Steering {
	#savesData = false;
	readonly #sources = new Set<Steered>();
	#transfers: Transfer[] = [];
	#step = 0;

	/** Whether only the smallest rungs are wanted: so chosen, or so asked of the browser. */
	get savesData(): boolean {
		const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
		return this.#savesData || connection?.saveData === true;
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
		return () => void this.#sources.delete(source);
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
		const underWay = fetching.flatMap((source) => source.underWay ?? []);
		const carried = throughput([...this.#transfers, ...underWay]);
		this.#step = this.savesData ? 0 : nextStep(steps, this.#step, carried);
		for (const source of fetching) source.setRung(steps[this.#step]?.[source.id] ?? 0);
	}
}
