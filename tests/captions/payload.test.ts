import { describe, expect, test } from 'vitest';
import {
	MAX_SPAN_DEPTH,
	parsePayload,
	plainText,
	type CueNode,
	type SpanNode
} from '#lib/captions/payload.ts';

const text = (words: string): CueNode => ({ kind: 'text', text: words });
const span = (
	kind: SpanNode['kind'],
	children: CueNode[],
	more: Partial<SpanNode> = {}
): CueNode => ({
	kind,
	classes: [],
	children,
	...more
});

describe('the tags of WebVTT (§6.4) become a tree of plain data', () => {
	test.each([
		['', [] as CueNode[]],
		['揉面', [text('揉面')]],
		['<b>大</b>火', [span('bold', [text('大')]), text('火')]],
		['<i><u>a</u></i>', [span('italic', [span('underline', [text('a')])])]],
		['<c.red..big>a', [span('class', [text('a')], { classes: ['red', 'big'] })]],
		[
			'<v.loud 王 师傅\n>好',
			[span('voice', [text('好')], { classes: ['loud'], voice: '王 师傅' })]
		],
		['<v>a', [span('voice', [text('a')], { voice: '' })]],
		['<v a&amp;b&>c', [span('voice', [text('c')], { voice: 'a&b&' })]],
		[
			'<ruby>饼<rt>bǐng</rt></ruby>',
			[span('ruby', [text('饼'), span('rubyText', [text('bǐng')])])]
		],
		['<ruby>a<rt>b</ruby>c', [span('ruby', [text('a'), span('rubyText', [text('b')])]), text('c')]],
		['<rt>a</rt>', [text('a')]],
		[
			'<lang en><b>a</b></lang>b',
			[
				span('language', [span('bold', [text('a')], { language: 'en' })], { language: 'en' }),
				text('b')
			]
		],
		['<lang en></lang><b></b>', [span('language', [], { language: 'en' }), span('bold', [])]],
		['a<00:01.500>b', [text('a'), { kind: 'timestamp', atMs: 1500 }, text('b')]]
	])('%j', (payload, tree) => expect(parsePayload(payload)).toEqual(tree));
});

describe('what is no tag of WebVTT is passed over, and its words stay', () => {
	test.each([
		['<B>a</B>', 'a'],
		['<script>a</script>', 'a'],
		['a</b>b</i >c', 'abc'],
		['<>a<.x>b< i>c', 'abc'],
		['<1>a<00:01.5>b<00:01.500 >c', 'abc'],
		['a<b', 'a'],
		['a<', 'a'],
		['a > b', 'a > b'],
		['烤箱 <180℃> 20 分', '烤箱  20 分']
	])('%j', (payload, words) => expect(plainText(payload)).toBe(words));

	test('an end tag that closes nothing leaves the open span open', () => {
		expect(parsePayload('<b>a</i>b</b>c')).toEqual([
			span('bold', [text('a'), text('b')]),
			text('c')
		]);
	});
});

describe('character references are resolved as in HTML', () => {
	test.each([
		['&lt;b&gt;', '<b>'],
		['&amp;lt;', '&lt;'],
		['A&nbsp;B&lrm;&rlm;', 'A\u00a0B\u200e\u200f'],
		['180&deg;C &times; 2', '180°C × 2'],
		['&#26376;&#x997C;&#x1F95E;', '月饼🥞'],
		['&#0;&#xD800;&#x110000;&#x99999999999;', '\ufffd\ufffd\ufffd\ufffd'],
		['&#128;&#x85;', '€…'],
		['&ampx &ltb &copyright', '&x <b ©right'],
		['&hellip &unheard; &; & &#; &#x;', '&hellip &unheard; &; & &#; &#x;']
	])('%j', (payload, words) => expect(plainText(payload)).toBe(words));
	test('a reference never becomes a tag', () => {
		expect(parsePayload('&lt;script&gt;')).toEqual([text('<script>')]);
	});
});

test('ruby text is left out of the plain words', () => {
	expect(plainText('<ruby>月<rt>yuè</rt>饼<rt>bǐng</rt></ruby>！')).toBe('月饼！');
});

test('spans nested without end stop at a depth every reader can walk', () => {
	let depth = 0;
	let nodes = parsePayload(`${'<b>'.repeat(100_000)}a`);
	while (nodes[0] && 'children' in nodes[0]) {
		nodes = nodes[0].children;
		depth++;
	}
	expect(depth).toBe(MAX_SPAN_DEPTH);
	expect(nodes).toEqual([text('a')]);
});
