/** The interface's words in Chinese, so that a journey reads what a person reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'src/lib/words';
const all: Record<string, string> = Object.assign(
	{},
	...readdirSync(folder)
		.filter((name) => name.endsWith('.zh-CN.json'))
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>)
);

/** A message by its key, its parameters filled in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
	const message = all[key];
	if (message === undefined) throw new Error(`no such message: ${key}`);
	return message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
