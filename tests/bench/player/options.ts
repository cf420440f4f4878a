/** What is to be measured, as said on the command line. */
import { parseArgs } from 'node:util';

export type Options = {
	/** Names of scenarios; empty: all. */
	only: string[];
	/** Further pages: addresses or folders with an `index.html`. */
	pages: string[];
	/** Where to write every figure as JSON. */
	json?: string;
	/** `silent`, `loud`, or both. */
	sounds: ('silent' | 'loud')[];
};

/** Throws, in words, on what it does not know. */
export function optionsFrom(args: readonly string[], scenarios: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			only: { type: 'string', multiple: true, default: [] },
			page: { type: 'string', multiple: true, default: [] },
			json: { type: 'string' },
			sound: { type: 'string' }
		}
	});
	const only = values.only.flatMap((names) => names.split(','));
	const unknown = only.filter((name) => !scenarios.includes(name));
	if (unknown.length > 0)
		throw new Error(`no scenario ${unknown.join(', ')}; there are ${scenarios.join(', ')}`);
	const { sound = 'both' } = values;
	if (!['silent', 'loud', 'both'].includes(sound))
		throw new Error(`--sound is silent, loud or both, not ${sound}`);
	return {
		only,
		pages: values.page,
		json: values.json,
		sounds: sound === 'both' ? ['silent', 'loud'] : [sound as 'silent' | 'loud']
	};
}
