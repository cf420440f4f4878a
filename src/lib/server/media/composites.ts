/**
 * Both pictures of a lesson in one video, for phones that play only one at a time. Nobody waits for
 * them, so they are made after everything else.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { COMPOSITE_LAYOUTS, type CompositeLayout } from '#lib/domain/lessons.ts';
import { Content } from '#lib/domain/versions.ts';
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { draftOf } from '../publication/content.ts';
import type { Storage } from '../storage/storage.ts';
import { compositePlan } from '../transcoding/composite-plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import * as queries from './composites.queries.ts';
import { addressOf, filesOf, folderOf } from './places.ts';
import * as inUse from './versions-in-use.queries.ts';

export const COMPOSE = 'compose';
const Compose = v.object({ lessonId: v.string() });

/** The rest is for the next time. */
const AT_ONCE = 50;

type Tools = { storage: Storage; transcoder: Transcoder };

/** A track, or its place in the lesson, has changed. Call it in the transaction that changes it. */
export async function renew(db: Database, lessonId: string): Promise<void> {
	await queries.setSuperseded(db, lessonId, now());
	await enqueue(db, COMPOSE, { lessonId }, true);
}

/**
 * The job's handler. What is there already is not made again; nothing is made while one of the
 * tracks is missing, as the one that is late will ask again. What is being worked on comes first,
 * then versions that classes still see, where the draft went on before theirs was made.
 */
export async function composeNow(
	db: Database,
	tools: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { lessonId } = v.parse(Compose, payload);
	const [draft, kept] = await Promise.all([
		draftOf(db, { id: lessonId }),
		inUse.contentsInUse(db, lessonId)
	]);
	const all: Content[] = [
		draft,
		...kept.map(({ content }) => v.parse(Content, JSON.parse(content)))
	];
	for (const [index, content] of all.entries())
		for (const layout of COMPOSITE_LAYOUTS) {
			await compose(db, tools, { lessonId, layout, content, isDraft: index === 0 }, signal);
			await forgetUnneeded(db, tools.storage, AT_ONCE, { lessonId, layout });
		}
}

/** Removes what neither a draft nor a version in use needs any longer. Bears being stopped anywhere. */
export async function forgetUnneeded(
	db: Database,
	storage: Storage,
	atOnce: number,
	of?: Pick<Wanted, 'lessonId' | 'layout'>
): Promise<void> {
	for (const { id } of await queries.compositesOfNobody(db, atOnce, of)) {
		await storage.remove(folderOf('composite', id));
		await queries.removeComposite(db, id);
	}
}

type Wanted = { lessonId: string; layout: CompositeLayout; content: Content; isDraft: boolean };

async function compose(
	db: Database,
	{ transcoder }: Pick<Tools, 'transcoder'>,
	{ lessonId, layout, content, isDraft }: Wanted,
	signal: AbortSignal
): Promise<void> {
	const { demonstration, sign, signOffsetMs: offsetMs, sections } = content;
	if (!demonstration || !sign) return;
	const rows = await queries.compositesOf(db, lessonId);
	const placement = placementOf(content);
	const isMade = (row: Row) => row.layout === layout && isOf(row, content);
	// A version that the draft still agrees with, or whose own was made in its time.
	if (!isDraft && rows.some((row) => isMade(row) && row.state === 'ready')) return;
	const sources = {
		demonstration: filesOf('track', demonstration.id, demonstration.digest),
		sign: filesOf('track', sign.id, sign.digest)
	};
	const films = {
		demonstration: await transcoder.prepared(sources.demonstration),
		sign: await transcoder.prepared(sources.sign)
	};
	const plan = compositePlan(layout, films, { offsetMs, sections });
	const digest = createHash('sha256')
		.update(JSON.stringify([plan, sources]))
		.digest('hex')
		.slice(0, 24);
	const row = rows.find((one) => one.layout === layout && one.digest === digest);
	const supersededAt = isDraft ? null : (row?.supersededAt ?? now());
	if (row?.state === 'ready')
		return await queries.setStanding(db, row.id, { placement, supersededAt });

	const id = row?.id ?? newId();
	const [demonstrationDigest, signDigest] = [demonstration.digest, sign.digest];
	const begun = { id, lessonId, layout, digest, demonstrationDigest, signDigest };
	await queries.setPreparing(db, { ...begun, placement, supersededAt });
	// Half made it is gone on with: the transcoder knows where it was.
	const target = filesOf('composite', id, digest);
	const { width, height, files } = await transcoder.compose(sources, plan, target, signal);
	const preparedBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	await queries.setReady(db, { id, digest, width, height, preparedBytes });
}

/** When every try has failed: phones then show one picture after the other. */
export async function giveUp(db: Database, payload: unknown): Promise<void> {
	await queries.setFailed(db, v.parse(Compose, payload).lessonId);
}

type Row = Awaited<ReturnType<typeof queries.compositesOf>>[number];

/** Names where the sign track stands in the lesson. */
export const placementOf = ({
	signOffsetMs,
	sections
}: Pick<Content, 'signOffsetMs' | 'sections'>): string =>
	createHash('sha256')
		.update(
			JSON.stringify([
				signOffsetMs,
				sections.map(({ lessonMs, mediaMs, lengthMs }) => [lessonMs, mediaMs, lengthMs])
			])
		)
		.digest('hex')
		.slice(0, 24);

const isOf = (row: Row, content: Content): boolean =>
	row.demonstrationDigest === content.demonstration?.digest &&
	row.signDigest === content.sign?.digest &&
	(row.placement === null || row.placement === placementOf(content));

/**
 * Those that are made of these very tracks, as the player takes them.
 * @param isDraft whether it is what is being worked on
 */
export async function ofContent(
	db: Database,
	lessonId: string,
	content: Promise<Content>,
	isDraft: boolean
) {
	const [rows, lesson] = await Promise.all([queries.compositesOf(db, lessonId), content]);
	const made = rows.flatMap((row) => {
		const isRight = row.state === 'ready' && isOf(row, lesson);
		const { id, layout, digest, width, height, supersededAt } = row;
		if (!isRight || (isDraft && supersededAt !== null)) return [];
		if (digest === null || width === null || height === null) return [];
		const base = addressOf(id, digest);
		const video = {
			src: `${base}/master.m3u8`,
			poster: `${base}/poster.jpg`,
			thumbnailsSrc: `${base}/thumbnails.vtt`,
			width,
			height
		};
		return [[layout, video] as const];
	});
	if (made.length === 0) return undefined;
	return Object.fromEntries(made) as Partial<Record<CompositeLayout, (typeof made)[0][1]>>;
}
