/** A button whose press makes the player higher or lower stays under the finger. */
import { tick } from 'svelte';

/** After so long without another press the page may move. */
const SETTLE_MS = 1500;
let settling: ReturnType<typeof setTimeout> | undefined;

/** Shows what is cut off at the top of the player, as far as there is room below. */
function settle(button: HTMLElement): void {
	const theatre = button.closest('.theatre')?.getBoundingClientRect();
	if (!theatre || theatre.top >= 0 || theatre.bottom >= innerHeight) return;
	scrollBy({ top: Math.max(theatre.top, theatre.bottom - innerHeight), behavior: 'instant' });
}

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
	if (Math.abs(movedPx) >= 1) scrollBy({ top: movedPx, behavior: 'instant' });
	clearTimeout(settling);
	settling = setTimeout(() => settle(button), SETTLE_MS);
}
