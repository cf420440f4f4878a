/** One finger (or a mouse) moves the enlarged picture, two bring it closer. */
import { panned, pinched, type View, type Zoom } from './zoom.ts';

type Point = { x: number; y: number };
const SLOP_PX = 6;

const middle = (points: Point[]): Point => ({
	x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
	y: points.reduce((sum, { y }) => sum + y, 0) / points.length
});
const spread = ([a, b]: Point[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0);

/** Listens on the demonstration's pane; answers how to stop. */
export function fingers(
	pane: HTMLElement,
	view: () => View,
	zoom: () => Zoom,
	change: (to: Zoom) => void
): () => void {
	const down = new Map<number, Point>();
	let way = 0;

	function press(event: PointerEvent) {
		// Any press begins anew: a tap of a button after a drag is a tap.
		if (down.size === 0) way = 0;
		if (!(event.target instanceof HTMLVideoElement) || event.button !== 0) return;
		down.set(event.pointerId, { x: event.clientX, y: event.clientY });
	}
	function move(event: PointerEvent) {
		const from = down.get(event.pointerId);
		if (!from) return;
		const before = [...down.values()];
		const to = { x: event.clientX, y: event.clientY };
		way += Math.hypot(to.x - from.x, to.y - from.y);
		down.set(event.pointerId, to);
		if (way < SLOP_PX || (before.length < 2 && zoom().scale === 1)) return;
		if (!pane.hasPointerCapture(event.pointerId)) pane.setPointerCapture(event.pointerId);
		follow(before, [...down.values()]);
	}
	function follow(before: Point[], after: Point[]) {
		const [from, to] = [middle(before), middle(after)];
		const box = pane.getBoundingClientRect();
		const at = { x: to.x - box.x - box.width / 2, y: to.y - box.y - box.height / 2 };
		const factor = spread(after) / spread(before) || 1;
		const drawn = panned(zoom(), view(), to.x - from.x, to.y - from.y);
		change(before.length > 1 ? pinched(drawn, view(), factor, at) : drawn);
	}
	const lift = ({ pointerId }: PointerEvent): boolean => down.delete(pointerId);
	/** What moved is no tap. */
	function click(event: MouseEvent) {
		if (way < SLOP_PX || zoom().scale === 1) return;
		way = 0;
		event.preventDefault();
		event.stopPropagation();
	}
	const listeners = Object.entries({
		...{ pointerdown: press, pointermove: move, pointerup: lift, pointercancel: lift },
		click
	}) as [string, EventListener][];
	for (const [type, listener] of listeners) pane.addEventListener(type, listener, true);
	return () => {
		for (const [type, listener] of listeners) pane.removeEventListener(type, listener, true);
	};
}
