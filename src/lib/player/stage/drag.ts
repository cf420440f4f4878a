/** Following a pointer. Every drag in the player has a tap and a keyboard beside it. */

/** Below this a press is a tap of an unsteady hand. */
const SLOP_PX = 6;

export type Drag = {
	/** Whether a press is for us; others pass. */
	isFor?: (event: PointerEvent) => boolean;
	onstart?: () => void;
	/** Pixels since the press. */
	onmove: (dx: number, dy: number) => void;
	/** `isKept` is false when the browser took the pointer away: then nothing is changed. */
	onend: (isKept: boolean) => void;
};

/** For `{@attach}`: a press that moves is a drag, and is no click afterwards. */
export const draggable =
	(drag: Drag) =>
	(element: HTMLElement): (() => void) => {
		let from: PointerEvent | null = null;
		let hasMoved = false;
		function down(event: PointerEvent) {
			hasMoved = false;
			const isOurs = event.isPrimary && event.button === 0 && (drag.isFor?.(event) ?? true);
			from = isOurs ? event : null;
			// On the window: a quick mouse is out of the handle before its first move is told.
			if (isOurs) listen(window, following, 'addEventListener');
		}
		function move(event: PointerEvent) {
			if (event.pointerId !== from?.pointerId) return;
			const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
			if (!hasMoved) {
				if (Math.hypot(dx, dy) < SLOP_PX) return;
				hasMoved = true;
				element.setPointerCapture(event.pointerId);
				drag.onstart?.();
			}
			drag.onmove(dx, dy);
		}
		function end(event: PointerEvent) {
			if (event.pointerId !== from?.pointerId) return;
			from = null;
			listen(window, following, 'removeEventListener');
			if (hasMoved) drag.onend(event.type === 'pointerup');
		}
		function click(event: MouseEvent) {
			if (!hasMoved) return;
			hasMoved = false;
			event.preventDefault();
			event.stopPropagation();
		}
		// A mouse would otherwise begin to carry the picture or mark text.
		const carry = (event: Event): void => event.preventDefault();
		const following = { pointermove: move, pointerup: end, pointercancel: end };
		const own = { pointerdown: down, click, dragstart: carry };
		listen(element, own, 'addEventListener');
		return () => {
			listen(element, own, 'removeEventListener');
			listen(window, following, 'removeEventListener');
		};
	};

type Listeners = Record<string, (event: never) => void>;
function listen(
	to: EventTarget,
	listeners: Listeners,
	how: 'addEventListener' | 'removeEventListener'
): void {
	for (const [type, listener] of Object.entries(listeners))
		to[how](type, listener as EventListener, true);
}
