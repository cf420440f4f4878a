/**
 * Reads an archive that anybody may have made. What it says of itself is checked before a byte of
 * it is unpacked, and nothing in it ever becomes a path here.
 */
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import * as v from 'valibot';
import {
	ARCHIVE_VERSION,
	ArchiveHead,
	CourseDocument,
	DOCUMENT_PATH,
	filesOf,
	isArchivePath,
	MAX_DOCUMENT_BYTES
} from '#lib/domain/course-archive.ts';
import { MAX_UPLOAD_BYTES } from '#lib/domain/courses.ts';
import { Invalid } from '../errors.ts';

/** More files than any course has (60 units of lessons with all their takes stay below). */
const MAX_ENTRIES = 20_000;
/** Films cannot be packed any smaller: whatever unpacks to much more than it is, is a bomb. */
const MAX_GROWTH = 2;
const GROWTH_ALLOWED_BYTES = 32 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x41;
const KIND_OF_FILE = 0o170000;
const FOLDER = 0o040000;
const PLAIN_FILE = 0o100000;
/** The part of a local header that every entry has. */
const LOCAL_HEADER_BYTES = 30;

export const refusal = (code: string, values: Record<string, string | number> = {}): Invalid =>
	new Invalid({ file: { code, values } });

export type OpenArchive = {
	document: CourseDocument;
	/** Bytes of one of the document's files. */
	open(path: string): Promise<Readable>;
	close(): void;
};

/** @throws Invalid saying what is wrong with it; nothing was written anywhere */
export async function openArchive(file: string): Promise<OpenArchive> {
	const zip = await openPromise(file, {
		autoClose: false,
		lazyEntries: true,
		// Names are ours to judge, as bytes: so that a refusal can say which one it is about.
		decodeStrings: false,
		validateEntrySizes: true
	}).catch(() => {
		throw refusal('archive_not_zip');
	});
	try {
		const entries = await entriesOf(zip);
		const document = await documentIn(zip, entries);
		assertComplete(document, entries);
		return {
			document,
			open: (path) => opened(zip, entries, path),
			close: () => zip.close()
		};
	} catch (error) {
		zip.close();
		throw error;
	}
}

type Entries = ReadonlyMap<string, Entry>;

async function entriesOf(zip: ZipFile): Promise<Entries> {
	if (zip.entryCount > MAX_ENTRIES) throw refusal('archive_too_many', { limit: MAX_ENTRIES });
	const entries = new Map<string, Entry>();
	const known = new Set<string>();
	const list: Entry[] = [];
	try {
		for await (const entry of zip.eachEntry()) list.push(entry);
	} catch {
		throw refusal('archive_damaged', { name: 'ZIP' });
	}
	for (const entry of list) {
		const name = entry.fileNameRaw.toString('latin1');
		if (isFolder(entry, name)) continue;
		assertPlain(entry, name);
		// Two names that differ only in case are one file on some disks.
		if (known.has(name.toLowerCase())) throw refusal('archive_twice', { name });
		known.add(name.toLowerCase());
		entries.set(name, entry);
	}
	assertNoBomb([...entries.values()], zip.fileSize);
	return entries;
}

const kindOf = (entry: Entry): number => (entry.externalFileAttributes >>> 16) & KIND_OF_FILE;

/** Some programs note folders too; they hold nothing and are passed over. */
const isFolder = (entry: Entry, name: string): boolean =>
	isArchivePath(name.replace(/\/$/, '')) &&
	name.endsWith('/') &&
	entry.uncompressedSize === 0 &&
	[0, FOLDER].includes(kindOf(entry));

function assertPlain(entry: Entry, name: string): void {
	const isPlain =
		isArchivePath(name) &&
		[0, PLAIN_FILE].includes(kindOf(entry)) &&
		[STORED, DEFLATED].includes(entry.compressionMethod) &&
		(entry.generalPurposeBitFlag & ENCRYPTED) === 0;
	if (!isPlain) throw refusal('archive_entry', { name: readable(name) });
}

/** A name is told to a person: its odd characters and length are not. */
const readable = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);

function assertNoBomb(entries: readonly Entry[], fileBytes: number): void {
	const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
	const tooLarge = entries.some(({ uncompressedSize }) => uncompressedSize > MAX_UPLOAD_BYTES);
	if (tooLarge || unpacked > MAX_GROWTH * fileBytes + GROWTH_ALLOWED_BYTES)
		throw refusal('archive_bomb');
	// Entries that share bytes unpack to more than there is (David Fifield, 2019).
	const inOrder = entries.toSorted(
		(one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader
	);
	let end = 0;
	for (const { relativeOffsetOfLocalHeader: start, compressedSize } of inOrder) {
		if (start < end) throw refusal('archive_bomb');
		end = start + LOCAL_HEADER_BYTES + compressedSize;
	}
}

async function documentIn(zip: ZipFile, entries: Entries): Promise<CourseDocument> {
	const entry = entries.get(DOCUMENT_PATH);
	if (!entry) throw refusal('archive_not_course');
	if (entry.uncompressedSize > MAX_DOCUMENT_BYTES) throw refusal('archive_bomb');
	const bytes = await readAll(await opened(zip, entries, DOCUMENT_PATH), DOCUMENT_PATH);
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw refusal('archive_document', { where: DOCUMENT_PATH });
	}
	const head = v.safeParse(ArchiveHead, json);
	if (!head.success) throw refusal('archive_not_course');
	if (head.output.version > ARCHIVE_VERSION) throw refusal('archive_newer');
	const parsed = v.safeParse(CourseDocument, json);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw refusal('archive_document', { where: (v.getDotPath(issue) ?? DOCUMENT_PATH).slice(0, 80) });
}

/** The document and the archive name the same files, of the same sizes, and nothing beside them. */
function assertComplete(document: CourseDocument, entries: Entries): void {
	const files = filesOf(document);
	for (const { path, sizeBytes } of files) {
		const entry = entries.get(path);
		if (!entry) throw refusal('archive_missing', { name: path });
		if (entry.uncompressedSize !== sizeBytes) throw refusal('archive_damaged', { name: path });
	}
	const named = new Set([DOCUMENT_PATH, ...files.map(({ path }) => path)]);
	for (const name of entries.keys())
		if (!named.has(name)) throw refusal('archive_entry', { name: readable(name) });
}

async function opened(zip: ZipFile, entries: Entries, path: string): Promise<Readable> {
	const entry = entries.get(path);
	if (!entry) throw refusal('archive_missing', { name: path });
	return zip.openReadStreamPromise(entry).catch(() => {
		throw refusal('archive_damaged', { name: path });
	});
}

/**
 * For what is small; how much it is was checked beforehand, and is held to while reading.
 * @throws Invalid when its bytes are not what the archive says
 */
export async function readAll(stream: Readable, name: string): Promise<Buffer> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of stream) chunks.push(chunk as Buffer);
	} catch {
		throw refusal('archive_damaged', { name });
	}
	return Buffer.concat(chunks);
}
