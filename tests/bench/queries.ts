// The hot queries against the bare prepared statement with the same SQL, on the same file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import * as classes from '#lib/server/classes/classes.ts';
import { type Database, openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { hashToken } from '#lib/server/ids.ts';
import { streamingFacts } from '#lib/server/media/tracks.queries.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { sessionWithPerson } from '#lib/server/people/sessions.queries.ts';
import * as progress from '#lib/server/progress/progress.queries.ts';
import * as support from '../support/people.ts';
import { compare } from './rounds.ts';
import type { Row } from './row.ts';

const ASKED = 1.5;
const ROUNDS = 25;
const READS_A_TURN = 1000;
/** Fewer: each is on the disk before it counts. */
const WRITES_A_TURN = 30;
const [TRAINEES, LESSONS] = [22, 8];
/** No other parameter of an update is this large a number, so that it is known by its value. */
const FIRST_REVISION = 1_000_000;

/** `revision` is the one value that differs between two calls: what an update moves on from. */
type Hot = {
	name: string;
	callsATurn: number;
	call: (db: Database, revision: number) => Promise<unknown>;
};

export async function run(): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-queries-'));
	const file = join(folder, 'bench.sqlite');
	const db = openSqlite(file);
	const bare = new SQLite(file);
	try {
		for (const pragma of ['synchronous = FULL', 'foreign_keys = ON']) bare.pragma(pragma);
		await migrateToLatest(db, 'migrations');
		const rows: Row[] = [];
		for (const hot of hotQueries(await aTown(db))) rows.push(await measure(db, bare, hot));
		return rows;
	} finally {
		await db.destroy();
		bare.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** A class of 22 in a course of 8 lessons, so that the indexes have something to choose from. */
async function aTown(db: Database) {
	const first = await support.aPublishedLesson(db);
	for (let count = 1; count < LESSONS; count++) {
		const lesson = await support.addLesson(db, first);
		await support.makeReady(db, lesson);
		await support.publish(db, lesson);
	}
	const { classId } = await support.aClass(db, first.courseId);
	let personId = '';
	let secret = '';
	for (let count = 0; count < TRAINEES; count++) {
		const trainee = await support.aTrainee(db);
		await classes.join(db, trainee, classId);
		secret = (await sessions.begin(db, trainee.id, true)).value;
		personId = trainee.id;
	}
	const { trackId, lessonId } = first;
	await progress.insertProgress(db, { ...watched, lessonId, personId, revision: FIRST_REVISION });
	return { trackId, lessonId, personId, idHash: hashToken(secret) };
}

const watched = {
	watchedRanges: '[[0,4000],[8000,12000]]',
	watchedMs: 8000,
	positionMs: 12_000,
	positionAt: '2026-11-24T08:00:00.000Z',
	watchedAt: null,
	practised: '[]',
	films: null
};

function hotQueries({ trackId, lessonId, personId, idHash }: Awaited<ReturnType<typeof aTown>>) {
	const key = { lessonId, personId };
	const reading = (name: string, call: Hot['call']): Hot => ({
		...{ name, call, callsATurn: READS_A_TURN }
	});
	return [
		reading('session lookup', (db) => sessionWithPerson(db, idHash)),
		reading('streaming facts', (db) => streamingFacts(db, { trackId, personId })),
		reading('recording facts', (db) => progress.recordingFacts(db, { ...key, versionNumber: 1 })),
		reading('progress row', (db) => progress.progressRow(db, key)),
		{
			name: 'progress update',
			callsATurn: WRITES_A_TURN,
			call: (db: Database, revision: number) =>
				progress.updateProgress(db, { ...watched, ...key, revision })
		}
	];
}

async function measure(db: Kysely<Tables>, bare: SQLite.Database, hot: Hot): Promise<Row> {
	const { name, callsATurn, call } = hot;
	let revision = FIRST_REVISION;
	const { sql, parameters } = await queryOf(bare, (other) => call(other, (revision += 1)));
	const statement = bare.prepare(sql);
	// Where the revision stands among the parameters: twice in an update, nowhere in a read.
	const places = parameters.flatMap((value, place) => (value === revision ? [place] : []));

	const ours = async () => {
		for (let count = 0; count < callsATurn; count++)
			if (!(await call(db, (revision += 1)))) throw new Error(`${name} found nothing`);
	};
	const byHand = () => {
		const values = [...parameters];
		for (let count = 0; count < callsATurn; count++) {
			revision += 1;
			for (const place of places) values[place] = revision;
			if (statement.all(values).length === 0) throw new Error(`${name} found nothing by hand`);
		}
	};
	const compared = await compare(ROUNDS, timed(ours), timed(byHand));
	const shown = (ms: number) => `${((1000 * ms) / callsATurn).toFixed(1)} µs`;
	return {
		name: `query: ${name}`,
		ours: shown(compared.ours),
		baseline: shown(compared.baseline),
		ratio: compared.ratio,
		asked: `≤ ${ASKED}`,
		isReached: compared.ratio <= ASKED
	};
}

const timed = (work: () => Promise<void> | void) => async () => {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
};

/** The SQL a call sends, overheard where it goes through Kysely. */
async function queryOf(
	connection: SQLite.Database,
	call: (db: Database) => Promise<unknown>
): Promise<CompiledQuery> {
	const heard: CompiledQuery[] = [];
	const db = new Kysely<Tables>({
		dialect: new SqliteDialect({ database: connection as never }),
		log: ({ query }) => void heard.push(query)
	});
	await call(db);
	const [query, ...more] = heard;
	if (!query || more.length > 0) throw new Error('a hot query is one statement');
	return query;
}
