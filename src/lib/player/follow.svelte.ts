/** What a viewer chose reaches the clock. */
import { untrack } from 'svelte';
import { PARTS } from './later.ts';
import type { Playback } from './playback.svelte.ts';
import type { TurnSources } from './pacing/turns.ts';
import type { Viewing } from './viewing.svelte.ts';

/** To be called from a component's effect, as often as that runs. */
export function follow(viewing: Viewing): void {
	const { playback } = viewing;
	if (!playback) return;
	// The clock reads and writes reactive state of its own: only the choice may wake an effect.
	const pass = <T>(choice: () => T, take: (value: T) => void): void => {
		$effect(() => {
			const value = choice();
			untrack(() => take(value));
		});
	};
	pass(
		() => viewing.settings.rate,
		(rate) => playback.setRate(rate)
	);
	pass(
		() => viewing.settings.savesData,
		(isSaving) => playback.setSavesData(isSaving)
	);
	pass(
		() => [viewing.videos, viewing.shown],
		() => viewing.putPictures()
	);
	pass(
		() => viewing.captions,
		({ first, second }) => {
			playback.setCues(first?.cues ?? [], second?.cues ?? []);
		}
	);
	pass(
		() => viewing.turnSources,
		(sources) => void takeTurns(viewing, playback, sources)
	);
	pass(
		() => viewing.settings.pausesAtSteps,
		(isPausing) => {
			playback.setStops(isPausing ? viewing.steps.map(({ endMs }) => endMs) : null);
		}
	);
}

async function takeTurns(
	viewing: Viewing,
	playback: Playback,
	sources: TurnSources | null
): Promise<void> {
	if (!sources) return playback.setTurns(null);
	const { turnsFor } = await PARTS.turns();
	// Another choice may have been made meanwhile.
	if (sources !== viewing.turnSources) return;
	playback.setTurns(turnsFor(sources.turns, sources.steps, sources.cues, sources.durationMs));
}
