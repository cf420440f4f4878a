/** What is written and not yet on the server, kept on this device (IndexedDB). */
export type Draft = {
	/** Person, lesson, language and tier. */
	key: string;
	webvtt: string;
	/** The server's revision it was written on. */
	baseRevision: number;
	/** When, as `Date.now()`. */
	at: number;
};

export interface DraftStore {
	get(key: string): Promise<Draft | undefined>;
	put(draft: Draft): Promise<void>;
	remove(key: string): Promise<void>;
	close(): void;
}

const [DATABASE, DRAFTS] = ['captions', 'drafts'];

function settled<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('storage failed'));
	});
}

/** @throws Error where the browser keeps nothing for us (some private windows) */
export async function openDraftStore(): Promise<DraftStore> {
	const request = indexedDB.open(DATABASE, 1);
	request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS, { keyPath: 'key' });
	const database = await settled(request);

	/** Resolves when it is on the disk. */
	const change = (work: (drafts: IDBObjectStore) => void): Promise<void> =>
		new Promise((resolve, reject) => {
			const step = database.transaction(DRAFTS, 'readwrite', { durability: 'strict' });
			step.oncomplete = () => resolve();
			step.onabort = () => reject(step.error ?? new Error('storage failed'));
			work(step.objectStore(DRAFTS));
		});

	return {
		get: (key) =>
			settled(
				database.transaction(DRAFTS).objectStore(DRAFTS).get(key) as IDBRequest<Draft | undefined>
			),
		put: (draft) => change((drafts) => drafts.put(draft)),
		remove: (key) => change((drafts) => drafts.delete(key)),
		close: () => database.close()
	};
}
