/** Full screen for the whole player: both pictures, captions and controls. */
export class Fullscreen {
	isOn = $state(false);
	/** A phone that lets only a bare video fill its screen: the player then fills the page. */
	isFilling = $state(false);
	readonly #root: () => HTMLElement;

	constructor(root: () => HTMLElement) {
		this.#root = root;
	}

	async toggle(): Promise<void> {
		const root = this.#root();
		if (document.fullscreenElement) await document.exitFullscreen();
		else if (root.requestFullscreen && !this.isFilling)
			await root.requestFullscreen().catch(() => this.#fill(true));
		else this.#fill(!this.isFilling);
	}

	/** Answers whether there was something to leave. */
	leaveFilling(): boolean {
		const wasFilling = this.isFilling;
		if (wasFilling) this.#fill(false);
		return wasFilling;
	}

	/** The browser's own full screen began or ended. */
	changed(): void {
		this.isOn = this.isFilling || document.fullscreenElement === this.#root();
	}

	#fill(isFilling: boolean): void {
		this.isFilling = isFilling;
		this.changed();
	}
}
