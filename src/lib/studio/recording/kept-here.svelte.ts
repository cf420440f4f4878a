/** Recordings of one person that this browser keeps, of whatever lesson or word; seen as they change. */
import type { LocalTake } from './local-take.ts';
import { openTakeStore, type TakeStore } from './take-store.ts';

export class KeptHere {
	takes: LocalTake[] = $state.raw([]);
	/** The last one taken out: until another is, it can be put back. */
	removed: LocalTake | undefined = $state.raw();
	readonly #personId: string;
	readonly #onchange: () => void;
	#store: TakeStore | undefined;
	#reading: Promise<void> | undefined;
	#isOld = false;

	/** @param onchange another page has changed something */
	constructor(personId: string, onchange: () => void = () => undefined) {
		this.#personId = personId;
		this.#onchange = onchange;
	}

	async open(): Promise<void> {
		// Where the browser keeps nothing there is nothing to be shown.
		this.#store = await openTakeStore().catch(() => undefined);
		this.#store?.watch(() => void this.read().then(this.#onchange));
		await this.read();
	}

	/** A recording tells of each of its seconds: one look after the other, and the last one counts. */
	async read(): Promise<void> {
		this.#isOld = true;
		this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
		await this.#reading;
	}

	async #readAll(): Promise<void> {
		while (this.#isOld) {
			this.#isOld = false;
			const all = (await this.#store?.allOf(this.#personId).catch(() => [])) ?? [];
			const isWanted = ({ state }: LocalTake) => state !== 'deleted' && state !== 'replaced';
			this.takes = all.filter((take) => isWanted(take) && take.sizeBytes > 0);
		}
	}

	/** Takes one out; the one before it goes for good. */
	async remove(take: LocalTake): Promise<void> {
		await this.forget();
		await this.#store?.put({ ...take, state: 'deleted' });
		this.removed = take;
		await this.read();
	}

	async undo(): Promise<void> {
		const take = this.removed;
		this.removed = undefined;
		if (take) await this.#store?.put(take);
		await this.read();
	}

	/** What was taken out goes for good. */
	async forget(): Promise<void> {
		const take = this.removed;
		this.removed = undefined;
		if (take) await this.#store?.remove(take.id);
	}

	/** The page goes away, and with it the way back. */
	close(): void {
		const store = this.#store;
		this.#store = undefined;
		const take = this.removed;
		void (take && store ? store.remove(take.id) : Promise.resolve()).finally(() => store?.close());
	}
}
