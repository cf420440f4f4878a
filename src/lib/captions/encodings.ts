/**
 * In which encoding a file was saved, for those that say nothing about it themselves. A guess by
 * the text it would be: only a person who reads it can tell, so all that are possible are given.
 */
import {
	byteOrderMark,
	type CaptionEncoding,
	decodeStrictly,
	isMostlyControl,
	utf16WithoutMark
} from './decode.ts';

/** In this order where two fit alike: what files from here are mostly saved in comes first. */
const LEGACY = ['gb18030', 'big5', 'windows-1252', 'shift_jis', 'euc-kr'] as const;
type Legacy = (typeof LEGACY)[number];

/** Every encoding a caption file may be read in. */
export const CAPTION_ENCODINGS = [
	'utf-8',
	'utf-16le',
	'utf-16be',
	...LEGACY
] as const satisfies readonly CaptionEncoding[];

/** Enough to tell, cheap for any file. */
const LOOKED_AT = 65_536;
/** The letters that texts consist of, more than of any other. */
const OFTEN: Record<Exclude<Legacy, 'windows-1252'>, string> = {
	gb18030:
		'的一是了不在有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运粉糖烤揉馅步先倒加饼包',
	big5: '的一是了不在有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運粉糖烤揉餡步先倒加餅包',
	shift_jis:
		'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽっゃゅょアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダデドバビブベボパピプペポッャュョー',
	'euc-kr':
		'이다는을를에가의고하지로도은한기사리어그아나서자시대인해스수정과보일들부라니만적으게장안제전상있없것여면요주세음오미국무거까마내우습성조비트원구동소공생경문금유실신과때개말것씨더좀네래된돼합니할수면죽반죽설탕넣주'
};
/** Marks that stand in all of these; a text is not told by them. */
const MARKS = /[\s、。，．：；！？「」『』“”‘’（）【】《》…—·\u3000\uff01-\uff5e]/u;
/** What Western European texts have besides ASCII. */
const WESTERN = /[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”–—…«»¿¡€°½¼¾]/u;

/**
 * The encodings this file may be saved in, the likeliest first; one alone where it is certain, by a
 * mark at its beginning or because hardly any other text is valid UTF-8. None if it is no text.
 */
export function encodingsOf(bytes: Uint8Array): CaptionEncoding[] {
	const marked = byteOrderMark(bytes) ?? utf16WithoutMark(bytes);
	const certain = marked ? [marked] : (['utf-8'] as const);
	for (const encoding of certain) {
		const text = decodeStrictly(bytes, encoding);
		if (text !== undefined) return isMostlyControl(text) ? [] : [encoding];
	}
	if (marked) return [];
	const possible = LEGACY.flatMap((encoding) => {
		const text = decodeStrictly(bytes, encoding);
		if (text === undefined || isMostlyControl(text)) return [];
		return [{ encoding, fit: fitOf(text.slice(0, LOOKED_AT), encoding) }];
	});
	return possible.sort((a, b) => b.fit - a.fit).map(({ encoding }) => encoding);
}

/** How much a text looks like one that somebody wrote, 0 to 1. */
function fitOf(text: string, encoding: Legacy): number {
	const foreign = [...text].flatMap((letter, at, all) =>
		letter > '\u007f' && !(encoding !== 'windows-1252' && MARKS.test(letter))
			? [{ letter, before: all[at - 1] ?? '', after: all[at + 1] ?? '' }]
			: []
	);
	if (foreign.length === 0) return 0;
	const isSeen =
		encoding === 'windows-1252'
			? isWestern
			: ({ letter }: Seen): boolean => often(encoding).has(letter);
	const share = foreign.filter(isSeen).length / foreign.length;
	// Of a Chinese text nearly half are among these; of a Western one nearly all.
	return encoding === 'windows-1252' ? share : Math.min(1, share * 2);
}

type Seen = { letter: string; before: string; after: string };

/** An accent stands in or beside a word in ASCII; two in a row are rare, many are none. */
const isWestern = ({ letter, before, after }: Seen): boolean =>
	WESTERN.test(letter) && (isAscii(before) || isAscii(after));
const isAscii = (letter: string): boolean => letter <= '\u007f';

const known = new Map<Legacy, ReadonlySet<string>>();
function often(encoding: Exclude<Legacy, 'windows-1252'>): ReadonlySet<string> {
	const letters = known.get(encoding) ?? new Set(OFTEN[encoding]);
	known.set(encoding, letters);
	return letters;
}
