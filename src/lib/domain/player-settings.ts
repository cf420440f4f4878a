/**
 * What a person chose in the player, kept for every device of hers. The server does not know what
 * the choices mean: it holds their shape and size, and the player takes over only what it knows.
 */
import * as v from 'valibot';

export const MAX_SETTINGS_CHARACTERS = 8192;
const MAX_NAMES = 60;
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const choice = v.union([
	v.boolean(),
	v.pipe(v.number(), v.finite()),
	v.pipe(v.string(), v.maxLength(100))
]);
/** Not a list, which a record takes for an object with numbers as names. */
const named = v.pipe(
	v.unknown(),
	v.check((all) => !Array.isArray(all))
);
const choices = v.pipe(
	named,
	v.record(name, choice),
	v.check((all) => Object.keys(all).length <= MAX_NAMES)
);

/** A flat object of choices, some of which are groups of choices themselves. */
export const PlayerSettings = v.pipe(
	named,
	v.record(name, v.union([choice, choices])),
	v.check((all) => Object.keys(all).length <= MAX_NAMES),
	v.check((all) => JSON.stringify(all).length <= MAX_SETTINGS_CHARACTERS)
);
export type PlayerSettings = v.InferOutput<typeof PlayerSettings>;
