/** Saves by itself: first on this device, then on the server; nothing is lost on the way. */
import type { Draft, DraftStore } from './draft-store.ts';

/** What the server has now, when it is not what this was written on. */
export type Newer = { revision: number; savedBy?: string; savedAt?: string };
export type Kept = Newer & { webvtt: string };

export type SaveAnswer =
	| { kind: 'saved'; revision: number }
	| { kind: 'conflict'; now: Newer }
	| { kind: 'refused'; message: string }
	| { kind: 'signedOut' | 'offline' | 'full' };

/** What the page asks of the server. Neither throws for the sake of the network. */
export interface CaptionServer {
	save(input: { webvtt: string; baseRevision: number }): Promise<SaveAnswer>;
	/** What is kept now; 'offline' when it cannot be asked. */
	latest(): Promise<Kept | 'offline' | undefined>;
}

export type SaveState =
	| { kind: 'saved'; at: number | undefined }
	/** Nothing yet that the server would take: no line has a time. */
	| { kind: 'untimed' }
	/** All captions were deleted, which is not the same as removing them from the lesson. */
	| { kind: 'emptied' }
	| { kind: 'changed' | 'saving' | 'offline' | 'signedOut' | 'full' }
	| { kind: 'refused'; message: string }
	| { kind: 'conflict'; now: Newer };

const DRAFT_AFTER_MS = 250;
const SAVE_AFTER_MS = 1500;
const AGAIN_AFTER_MS = 8000;

/** `timed`: how many captions have a time. */
type Written = { webvtt: string; timed: number; lines: number };
type Begin = { key: string; revision: number; savedAt?: string; read: () => Written };

/** What keeps it from being saved and passes by itself, or is mended elsewhere. */
const PASSING: readonly SaveAnswer['kind'][] = ['offline', 'signedOut', 'full'];

export class Saving {
	state: SaveState = $state.raw({ kind: 'saved', at: undefined });
	/** Whether what is not on the server is on this device. */
	isOnDevice = $state(true);
	/** Whether the server has everything. */
	isClean = $state(true);

	readonly #server: CaptionServer;
	readonly #begin: Begin;
	#store: DraftStore | undefined;
	#revision: number;
	#changes = 0;
	#savedChanges = 0;
	#draftTimer: ReturnType<typeof setTimeout> | undefined;
	#saveTimer: ReturnType<typeof setTimeout> | undefined;
	#isSaving = false;

	constructor(server: CaptionServer, begin: Begin) {
		this.#server = server;
		this.#begin = begin;
		this.#revision = begin.revision;
		const at = begin.savedAt ? Date.parse(begin.savedAt) : undefined;
		this.state = { kind: 'saved', at };
	}

	/** @returns what an earlier visit left on this device and could not send */
	async open(openStore: () => Promise<DraftStore>): Promise<Draft | undefined> {
		try {
			this.#store = await openStore();
			const draft = await this.#store.get(this.#begin.key);
			if (!draft) return undefined;
			// It did arrive; only that it did was not heard.
			if (draft.webvtt === this.#begin.read().webvtt) {
				await this.#store.remove(draft.key);
				return undefined;
			}
			this.#revision = draft.baseRevision;
			return draft;
		} catch {
			this.isOnDevice = false;
			return undefined;
		}
	}

	changed(): void {
		this.#changes++;
		this.isClean = false;
		if (this.state.kind !== 'conflict' && this.state.kind !== 'saving')
			this.state = { kind: 'changed' };
		clearTimeout(this.#draftTimer);
		this.#draftTimer = setTimeout(() => void this.keep(), DRAFT_AFTER_MS);
		this.#later(SAVE_AFTER_MS);
	}

	/** Puts it on the disk of this device now. */
	async keep(): Promise<void> {
		clearTimeout(this.#draftTimer);
		if (this.isClean) return;
		const { webvtt } = this.#begin.read();
		const draft = { key: this.#begin.key, webvtt, baseRevision: this.#revision, at: Date.now() };
		try {
			if (!this.#store) throw new Error('no store');
			await this.#store.put(draft);
			this.isOnDevice = true;
		} catch {
			this.isOnDevice = false;
		}
	}

	/** Sends it now, if it is not there already and nobody has to decide first. */
	async save(): Promise<void> {
		clearTimeout(this.#saveTimer);
		if (this.#isSaving || this.isClean || this.state.kind === 'conflict') return;
		const { webvtt, timed, lines } = this.#begin.read();
		if (timed === 0) {
			this.state = { kind: lines > 0 ? 'untimed' : 'emptied' };
			return;
		}
		const changes = this.#changes;
		this.#isSaving = true;
		this.state = { kind: 'saving' };
		const answer = await this.#server.save({ webvtt, baseRevision: this.#revision });
		await this.#follow(answer, changes, webvtt);
		this.#isSaving = false;
	}

	async #follow(answer: SaveAnswer, changes: number, webvtt: string): Promise<void> {
		if (answer.kind === 'saved') {
			this.#revision = answer.revision;
			await this.#settle(changes);
			return;
		}
		if (answer.kind === 'conflict') {
			const latest = await this.#server.latest();
			// An answer that was lost on its way, not somebody else.
			if (latest && latest !== 'offline' && latest.webvtt === webvtt)
				return this.#follow({ kind: 'saved', revision: latest.revision }, changes, webvtt);
		}
		this.state = answer;
		await this.keep();
		if (PASSING.includes(answer.kind)) this.#later(AGAIN_AFTER_MS);
		// What was refused may have been mended meanwhile.
		else if (this.#changes > changes) this.#later(SAVE_AFTER_MS);
	}

	async #settle(changes: number): Promise<void> {
		this.#savedChanges = changes;
		if (this.#changes > this.#savedChanges) {
			this.state = { kind: 'changed' };
			await this.keep();
			this.#later(SAVE_AFTER_MS);
			return;
		}
		clearTimeout(this.#draftTimer);
		clearTimeout(this.#saveTimer);
		this.isClean = true;
		this.state = { kind: 'saved', at: Date.now() };
		await this.#store?.remove(this.#begin.key).catch(() => undefined);
	}

	/** What is written here is to stand in place of what somebody saved in between. */
	async overwrite(theirs: Newer): Promise<void> {
		this.#revision = theirs.revision;
		this.isClean = false;
		this.state = { kind: 'changed' };
		await this.keep();
		await this.save();
	}

	/** What is written here now is what the server has. */
	async accept(kept: Newer): Promise<void> {
		this.#revision = kept.revision;
		await this.#settle(this.#changes);
	}

	#later(afterMs: number): void {
		clearTimeout(this.#saveTimer);
		this.#saveTimer = setTimeout(() => void this.save(), afterMs);
	}

	/** The page goes: what is not on the server stays on the device. */
	async leave(): Promise<void> {
		clearTimeout(this.#saveTimer);
		await Promise.all([this.keep(), this.save()]);
		clearTimeout(this.#saveTimer);
		this.#store?.close();
	}
}
