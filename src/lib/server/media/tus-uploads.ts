/**
 * Resumable uploads: the tus 1.0 protocol (https://tus.io/protocols/resumable-upload) by its
 * reference server, with our permissions in its hooks. What has arrived stays in the uploads
 * folder, byte for byte, whatever happens to the connection or to this process.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { MAX_UPLOAD_BYTES, UploadMetadata } from '#lib/domain/courses.ts';
import type { Actor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { freeBytesOf, isDiskFull } from '../disk-full.ts';
import { Invalid, NotAllowed, NotFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { read } from '../input.ts';
import * as uploads from './uploads.ts';

export const UPLOADS_PATH = '/uploads';
/** What the database and the work on what has arrived need of a disk, whatever is sent. */
const SPARE_BYTES = 256 * 1024 ** 2;

/** What is sent for what, and by whom: each kind of upload decides for itself. */
export type Receiver = {
	/** Notes that a file is on its way. @throws what is said to the sender */
	create(
		db: Database,
		actor: Actor,
		upload: { id: string; size?: number; metadata: Record<string, string | null> }
	): Promise<void>;
	/** @throws NotFound when it is not this actor's upload */
	forSending(
		db: Database,
		actor: Actor,
		id: string
	): Promise<{ sizeBytes: number; isFinished: boolean }>;
	/** Before more bytes of it are taken. @throws Invalid when it is of no more use */
	assertWanted(db: Database, actor: Actor, id: string): Promise<void>;
	/** The last byte is here; may be told twice. */
	receive(db: Database, id: string): Promise<void>;
	/** Its sender took it back, its bytes are gone. */
	forget(db: Database, id: string): Promise<void>;
};

/** Videos of lessons, as a whole or take by take. */
const videos: Receiver = {
	async create(db, actor, { id, size, metadata }) {
		const input = read(UploadMetadata, {
			lessonId: metadata.lessonId,
			kind: metadata.kind,
			take: metadata.take ?? undefined,
			fileName: metadata.filename ?? '',
			sizeBytes: size
		});
		if (input.sizeBytes === 0) throw new Invalid({ file: 'file_empty' });
		await uploads.begin(db, actor, id, input);
	},
	async forSending(db, actor, id) {
		const { sizeBytes, finishedAt } = await uploads.forSending(db, actor, id);
		return { sizeBytes, isFinished: finishedAt !== null };
	},
	async assertWanted(db, actor, id) {
		await uploads.assertWanted(db, actor, await uploads.forSending(db, actor, id));
	},
	receive: uploads.receive,
	forget: uploads.forget
};

type Options = {
	path: string;
	maxBytes: number;
	receiver: Receiver;
	/** How much room the disk of a folder has left. */
	freeBytes?: (folder: string) => Promise<number>;
};
const VIDEOS: Options = { path: UPLOADS_PATH, maxBytes: MAX_UPLOAD_BYTES, receiver: videos };

type Context = {
	db: Database;
	actor: Actor;
	/** Told when a file is here to the last byte. */
	received: () => void;
	/** A refusal in the sender's language. */
	say: (problem: { code: string; values?: Record<string, string | number> }) => string;
};

export class TusUploads {
	readonly #folder: string;
	readonly #contexts = new AsyncLocalStorage<Context>();
	readonly #server: Server;
	readonly #receiver: Receiver;
	readonly #freeBytes: (folder: string) => Promise<number>;

	constructor(
		folder: string,
		{ path, maxBytes, receiver, freeBytes = freeBytesOf }: Options = VIDEOS
	) {
		mkdirSync(folder, { recursive: true });
		this.#folder = folder;
		this.#receiver = receiver;
		this.#freeBytes = freeBytes;
		this.#server = new Server({
			path,
			relativeLocation: true,
			maxSize: maxBytes,
			datastore: new FileStore({ directory: folder }),
			namingFunction: newId,
			onUploadCreate: (_request, upload) => this.#create(upload),
			onIncomingRequest: (request, id) => this.#admit(request.method, id),
			onUploadFinish: async (_request, upload) => {
				await this.#receive(upload.id);
				return {};
			},
			onResponseError: (_request, error) => this.#refuse(error)
		});
	}

	/** Where an upload's bytes lie until its job moves them into storage. */
	pathOf(id: string): string {
		return `${this.#folder}/${id}`;
	}

	/** How much of an unfinished upload is here; undefined when its bytes are gone. */
	async arrivedBytes(id: string): Promise<number | undefined> {
		const found = await stat(this.pathOf(id)).catch(() => undefined);
		return found?.size;
	}

	/** Answers one request of the protocol on behalf of `context.actor`. */
	async handle(request: Request, context: Context): Promise<Response> {
		const response = await this.#contexts.run(context, () => this.#server.handleWeb(request));
		// Else every answer would say that pages of any site may read it and use every method.
		for (const name of [...response.headers.keys()])
			if (name.startsWith('access-control-')) response.headers.delete(name);
		const id = new URL(request.url).pathname.split('/').pop() ?? '';
		// After the bytes are gone: a crash in between leaves a row without them, never the reverse.
		if (request.method === 'DELETE' && response.status === 204)
			await this.#receiver.forget(context.db, id);
		if (request.method === 'HEAD' && (response.status === 404 || response.status === 410))
			return (await this.#wholeUpload(context, id)) ?? response;
		return response;
	}

	/**
	 * Says that all of a finished upload is here when its bytes have moved on: whoever missed the
	 * answer to the last byte (a crash, a cut line) would else send everything again.
	 */
	async #wholeUpload({ db, actor }: Context, id: string): Promise<Response | undefined> {
		const upload = await this.#receiver.forSending(db, actor, id).catch(() => undefined);
		if (!upload?.isFinished) return undefined;
		const size = String(upload.sizeBytes);
		return new Response(null, {
			headers: {
				'cache-control': 'no-store',
				'tus-resumable': '1.0.0',
				'upload-length': size,
				'upload-offset': size
			}
		});
	}

	/** Forgets what the protocol's server noted of an upload whose bytes are in storage now. */
	async forgetNotes(id: string): Promise<void> {
		await rm(`${this.pathOf(id)}.json`, { force: true });
	}

	get #context(): Context {
		const context = this.#contexts.getStore();
		if (!context) throw new Error('an upload outside of handle()');
		return context;
	}

	async #create(upload: { id: string; size?: number; metadata?: Record<string, string | null> }) {
		const { db, actor } = this.#context;
		const { id, size, metadata = {} } = upload;
		await this.#assertRoom(size ?? 0);
		await this.#receiver.create(db, actor, { id, size, metadata });
		return {};
	}

	/** Every request after the first; HEAD also mends an upload whose end was cut off by a crash. */
	async #admit(method: string, id: string): Promise<void> {
		if (method === 'POST') return; // #create decides
		const { db, actor } = this.#context;
		const upload = await this.#receiver.forSending(db, actor, id);
		if (method === 'HEAD' && !upload.isFinished) {
			const { offset } = await this.#server.datastore.getUpload(id);
			if (offset === upload.sizeBytes) await this.#receive(id);
		}
		if (method === 'PATCH') {
			await this.#receiver.assertWanted(db, actor, id);
			if (!upload.isFinished) {
				const { offset } = await this.#server.datastore.getUpload(id);
				await this.#assertRoom(upload.sizeBytes - offset);
			}
		}
		// What is in the job's hands can no longer be taken back by the sender.
		if (method === 'DELETE' && upload.isFinished) throw new NotAllowed();
	}

	/** A full disk is told before it breaks a file off; what has arrived stays, and can be gone on with. */
	async #assertRoom(bytes: number): Promise<void> {
		if ((await this.#freeBytes(this.#folder)) < bytes + SPARE_BYTES)
			throw new Invalid({ file: 'disk_full' });
	}

	async #receive(id: string): Promise<void> {
		// The row that says it is here is written durably: the bytes must not be behind it.
		const file = await open(this.pathOf(id), 'r+').catch(() => undefined); // a second telling
		await file?.sync().finally(() => file.close());
		await this.#receiver.receive(this.#context.db, id);
		this.#context.received();
	}

	#refuse(error: Error | { status_code: number; body: string }) {
		const { say } = this.#context;
		if (error instanceof NotFound || error instanceof NotAllowed)
			return { status_code: 404, body: say({ code: 'not_found' }) };
		if (error instanceof Invalid)
			return { status_code: 400, body: Object.values(error.problems).map(say).join(' ') };
		if (isDiskFull(error)) return { status_code: 400, body: say({ code: 'disk_full' }) };
		if (!(error instanceof Error)) return undefined; // the protocol's own refusals
		// Its message would be sent, with the path of a file in it.
		console.error('uploads:', error);
		return { status_code: 500, body: say({ code: 'unknown' }) };
	}
}
