/** The viewer's choices as reactive state: changed by controls and keys, remembered, and said aloud. */
import * as m from '#lib/words/compiled/messages.js';
import { RATES, type Layout, type Settings } from './model.ts';
import { recall, remember, settingsFrom } from './remembered.ts';

export const LAYOUT_WORDS: Record<Layout, () => string> = {
	side: m.player_layout_side,
	corner: m.player_layout_corner,
	large: m.player_layout_large,
	sign: m.player_layout_sign,
	demonstration: m.player_layout_demonstration
};

/** What the other picture is shown in after the swap. */
const SWAPPED: Record<Layout, Layout> = {
	...{ side: 'side', corner: 'large', large: 'corner' },
	...{ sign: 'demonstration', demonstration: 'sign' }
};

export class Choices {
	settings: Settings;
	/** A word about the last change, for those who cannot see it. */
	said = $state('');

	/** What the pictures return to when the signer is shown again. */
	#withSign: Layout = 'side';
	readonly #who: string;
	readonly #onchange: (settings: Settings) => void;

	/** `given`: what the person chose last, on whatever device; `who` keeps people on one phone apart. */
	constructor(
		given: Partial<Settings> | undefined,
		who: string,
		onchange: (settings: Settings) => void
	) {
		this.settings = $state.raw(settingsFrom(given));
		this.#who = who;
		this.#onchange = onchange;
	}

	/** Takes over what this device remembers. Not on the server, which cannot know it. */
	recall(): void {
		this.settings = settingsFrom(recall(this.#who), this.settings);
	}

	change(changed: Partial<Settings>): void {
		this.settings = { ...this.settings, ...changed };
		remember(this.#who, this.settings);
		this.#onchange(this.settings);
	}

	changeRate(steps: number): void {
		const rate = RATES[RATES.indexOf(this.settings.rate) + steps];
		if (rate) this.setRate(rate);
	}

	/** Half speed and back, by one tap. */
	toggleSlow(): void {
		this.setRate(this.settings.rate === 0.5 ? 1 : 0.5);
	}

	setRate(rate: number): void {
		this.change({ rate });
		this.said = m.player_rate_now({ rate });
	}

	/** @param all the layouts there are to choose from, of which `now` is seen */
	nextLayout(all: readonly Layout[], now: Layout): void {
		const layout = all[(all.indexOf(now) + 1) % all.length] ?? now;
		this.change({ layout });
		this.said = LAYOUT_WORDS[layout]();
	}

	/** The signer off, and back to where he was (EN 301 549, 7.3). */
	toggleSign(): void {
		const { layout } = this.settings;
		const isOn = layout === 'demonstration';
		if (!isOn) this.#withSign = layout;
		this.change({ layout: isOn ? this.#withSign : 'demonstration' });
		const what = { what: m.player_sign_word() };
		this.said = isOn ? m.player_is_on(what) : m.player_is_off(what);
	}

	/** The two pictures trade places, in whatever layout, at the same moment of the lesson. */
	swap(): void {
		const { layout, isSignFirst } = this.settings;
		if (layout === 'side') this.change({ isSignFirst: !isSignFirst });
		else this.change({ layout: SWAPPED[layout] });
		this.said = m.player_swapped();
	}

	/** Turns a choice on or off and says so. */
	toggle(name: 'hasCaptions' | 'takesTurns' | 'isMirrored', word: string): void {
		const isOn = !this.settings[name];
		this.change({ [name]: isOn });
		this.said = isOn ? m.player_is_on({ what: word }) : m.player_is_off({ what: word });
	}
}
