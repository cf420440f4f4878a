/** What a player tells of watching, as it comes over the wire. */
import * as v from 'valibot';

export const MAX_RANGES_AN_EVENT = 200;
/** More steps than any lesson has. */
export const MAX_PRACTISED = 200;

const ms = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24 * 3_600_000));

/** One message of the player: what was presented since the last one, and where it stands. */
export const WatchedEvent = v.object({
	ranges: v.pipe(
		v.array(
			v.pipe(
				v.tuple([ms, ms]),
				v.check(([from, to]) => from < to, 'range')
			)
		),
		v.maxLength(MAX_RANGES_AN_EVENT)
	),
	positionMs: ms,
	/** Steps done in practice mode. */
	practised: v.optional(v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.maxLength(MAX_PRACTISED))),
	/** Which version of the lesson it was; the one the class sees now unless said. */
	version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
	/** When the player stood there, by the client's clock: a late message must not move us back. */
	positionAt: v.pipe(
		v.string(),
		v.isoTimestamp(),
		// One way of writing it, so that times compare as texts.
		v.transform((text) => new Date(text).toISOString())
	)
});
export type WatchedEvent = v.InferOutput<typeof WatchedEvent>;
