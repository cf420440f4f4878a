/** A button whose press makes the player higher or lower stays under the finger. */
import { tick } from 'svelte';

/**
 * Does `change`, and scrolls the page by as much as it moved `button`: whoever goes through the
 * layouts taps one place. At the ends of the page the button moves by what is missing.
 */
export async function staying(button: HTMLElement, change: () => void): Promise<void> {
	const top = (): number => button.getBoundingClientRect().top;
	const before = top();
	change();
	await tick();
	const movedPx = top() - before;
	// Nobody who asked for less motion sees any: what he looks at stands still this way.
	if (Math.abs(movedPx) >= 1) window.scrollBy({ top: movedPx, behavior: 'instant' });
}
