/**
 * The least that could keep what was watched: node http, JSON.parse, one prepared upsert. Nobody is
 * asked who he is, nothing is checked or united. Same pragmas as ours: an answer means it is kept.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import SQLite from 'better-sqlite3';

const [file = ''] = process.argv.slice(2);
const connection = new SQLite(file);
connection.pragma('journal_mode = WAL');
connection.pragma('synchronous = FULL');
connection.exec(`create table if not exists progress (
	id text primary key, ranges text not null, position_ms integer not null, at text not null
) strict, without rowid`);
const upsert = connection.prepare(
	`insert into progress values (?, ?, ?, ?) on conflict (id) do update set
	ranges = excluded.ranges, position_ms = excluded.position_ms, at = excluded.at`
);

type Event = { ranges: [number, number][]; positionMs: number; positionAt: string };

const server = createServer((request, response) => {
	let text = '';
	request.setEncoding('utf8');
	request.on('data', (piece: string) => (text += piece));
	request.on('end', () => {
		const { ranges, positionMs, positionAt } = JSON.parse(text) as Event;
		upsert.run(request.url, JSON.stringify(ranges), positionMs, positionAt);
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ positionMs }));
	});
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
