/**
 * Takes in IndexedDB: each piece of a recording is a row of its own, on the disk before the next
 * one comes, so that a crash or a closed lid loses a second at most. (A file of the origin's own
 * file system is empty until it is closed, or needs a worker.)
 */
import type { LocalTake, LocalTakeState } from './local-take.ts';

const DATABASE = 'recordings';
const [TAKES, CHUNKS] = ['takes', 'chunks'] as const;

/** There is no room left on the device. */
export class NoRoom extends Error {
	override name = 'NoRoom';
}

/** What has become of a take; `gone` is no longer here at all. */
export type TakeChange = { id: string; state: LocalTakeState | 'gone' };

/**
 * What a page that holds some of an owner's takes holds after another page has changed one: without
 * it when it was taken out, with it again when it was put back.
 * @param held asked when it is needed: it may change while the store is read
 * @returns undefined when nothing changes here
 */
export async function heldAfter(
	{ id, state }: TakeChange,
	store: TakeStore | undefined,
	owner: string,
	held: () => readonly LocalTake[]
): Promise<LocalTake[] | undefined> {
	const others = (): LocalTake[] => held().filter((take) => take.id !== id);
	if (state === 'deleted') return others();
	const isBack = state === 'draft' || state === 'kept';
	if (!isBack || others().length < held().length) return undefined;
	const all = (await store?.all(owner)) ?? [];
	return [...others(), ...all.filter((take) => take.id === id)];
}

export interface TakeStore {
	/** Of one owner, oldest first. */
	all(owner: string): Promise<LocalTake[]>;
	/** Of one person, of whatever lesson or course; oldest first. */
	allOf(personId: string): Promise<LocalTake[]>;
	put(take: LocalTake): Promise<void>;
	/** Adds a piece and what is known of the take since. @throws NoRoom */
	append(take: LocalTake, index: number, chunk: Blob): Promise<void>;
	/** All pieces that are here, as one file. */
	file(take: LocalTake): Promise<File>;
	remove(id: string): Promise<void>;
	/** Tells what other pages of this browser change, once it is on the disk. */
	watch(tell: (change: TakeChange) => void): void;
	close(): void;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(asOurs(request.error));
	});
}

const asOurs = (error: DOMException | null): Error =>
	error?.name === 'QuotaExceededError' ? new NoRoom() : (error ?? new Error('storage failed'));

function open(): Promise<IDBDatabase> {
	const request = indexedDB.open(DATABASE, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore(TAKES, { keyPath: 'id' });
		request.result.createObjectStore(CHUNKS);
	};
	return settled(request);
}

const chunksOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** @throws Error where the browser keeps nothing for us (some private windows) */
export async function openTakeStore(): Promise<TakeStore> {
	const database = await open();
	// Older browsers have none: there a page shows what it has found.
	const news = 'BroadcastChannel' in globalThis ? new BroadcastChannel(DATABASE) : undefined;

	/** Resolves when it is on the disk. */
	async function change(
		told: TakeChange,
		work: (takes: IDBObjectStore, chunks: IDBObjectStore) => void
	): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const step = database.transaction([TAKES, CHUNKS], 'readwrite', { durability: 'strict' });
			step.oncomplete = () => resolve();
			step.onabort = () => reject(asOurs(step.error));
			try {
				work(step.objectStore(TAKES), step.objectStore(CHUNKS));
			} catch (error) {
				reject(asOurs(error instanceof DOMException ? error : null));
			}
		});
		if (!isClosed) news?.postMessage(told);
	}
	let isClosed = false;

	async function those(isWanted: (take: LocalTake) => boolean): Promise<LocalTake[]> {
		const store = database.transaction(TAKES).objectStore(TAKES);
		const rows = await settled(store.getAll() as IDBRequest<LocalTake[]>);
		return rows.filter(isWanted).sort((a, b) => a.recordedAt - b.recordedAt);
	}

	return {
		all: (owner) => those((take) => take.owner === owner),
		allOf: (personId) => those((take) => take.owner.startsWith(`${personId}/`)),
		put: (take) => change({ id: take.id, state: take.state }, (takes) => takes.put(take)),
		append: (take, index, chunk) =>
			change({ id: take.id, state: take.state }, (takes, chunks) => {
				chunks.put(chunk, [take.id, index]);
				takes.put(take);
			}),
		async file(take) {
			const store = database.transaction(CHUNKS).objectStore(CHUNKS);
			const pieces = await settled(store.getAll(chunksOf(take.id)) as IDBRequest<Blob[]>);
			const type = take.type.split(';')[0] ?? '';
			const name = `${Math.round(take.startMs / 1000)}s.${type === 'video/mp4' ? 'mp4' : 'webm'}`;
			return new File(pieces, name, { type });
		},
		remove: (id) =>
			change({ id, state: 'gone' }, (takes, chunks) => {
				takes.delete(id);
				chunks.delete(chunksOf(id));
			}),
		watch(tell) {
			if (news) news.onmessage = ({ data }: MessageEvent<TakeChange>) => tell(data);
		},
		close() {
			isClosed = true;
			news?.close();
			database.close();
		}
	};
}
