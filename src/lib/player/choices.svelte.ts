/** The viewer's choices as reactive state: changed by controls and keys, remembered, and said aloud. */
import * as m from '#lib/words/compiled/messages.js';
import { LAYOUTS, RATES, type Settings } from './model.ts';
import { recall, remember, settingsFrom } from './remembered.ts';

const LAYOUT_WORDS = {
	side: m.player_layout_side,
	corner: m.player_layout_corner,
	large: m.player_layout_large
};

export class Choices {
	settings: Settings = $state.raw(settingsFrom(null));
	/** A word about the last change, for those who cannot see it. */
	said = $state('');

	readonly #onchange: (settings: Settings) => void;

	constructor(given: Partial<Settings> | undefined, onchange: (settings: Settings) => void) {
		this.settings = settingsFrom(given);
		this.#onchange = onchange;
	}

	/** Takes over what this device remembers. Not on the server, which cannot know it. */
	recall(): void {
		this.settings = settingsFrom(recall());
	}

	change(changed: Partial<Settings>): void {
		this.settings = { ...this.settings, ...changed };
		remember(this.settings);
		this.#onchange(this.settings);
	}

	changeRate(steps: number): void {
		const rate = RATES[RATES.indexOf(this.settings.rate) + steps];
		if (!rate) return;
		this.change({ rate });
		this.said = m.player_rate_now({ rate });
	}

	nextLayout(): void {
		const layout = LAYOUTS[(LAYOUTS.indexOf(this.settings.layout) + 1) % LAYOUTS.length] ?? 'side';
		this.change({ layout });
		this.said = LAYOUT_WORDS[layout]();
	}

	/** The two pictures trade places, in whatever layout. */
	swap(): void {
		const { layout, isSignFirst } = this.settings;
		if (layout === 'side') this.change({ isSignFirst: !isSignFirst });
		else this.change({ layout: layout === 'large' ? 'corner' : 'large' });
		this.said = m.player_swapped();
	}

	toggleCaptions(): void {
		const hasCaptions = !this.settings.hasCaptions;
		this.change({ hasCaptions });
		this.said = hasCaptions ? m.player_captions_on() : m.player_captions_off();
	}
}
