/**
 * Last labels by which dotted words are known as a domain. The list of the registries has 1400, of which some are names of
 * files and of properties (`.zip`, `.name`, `.host`): here are those of countries, the usual ones, and those kept for networks
 * without the Internet. A domain with any other end is known once a field says that it is one.
 */
const GENERIC = new Set(
  `com net org edu gov mil int info biz cloud online tech app dev xyz company group global solutions systems digital agency
  consulting software technology bank email eu asia mobi tel pro coop aero museum jobs travel arpa hospital health care
  school university church law legal finance insurance energy media team work works studio design
  shop store blog site website space top club live life world today one gmbh ltd limited inc llc sarl swiss berlin bayern
  hamburg koeln cologne wien paris london amsterdam nyc tokyo`.split(/\s+/),
);
const INTERNAL = new Set(
  'local lan internal intern intranet corp private home localdomain test example invalid priv dom domain ad'.split(' '),
);
/** Two letters that end names of files and programs more often than domains. */
const FILES = new Set('sh py pl ps md rs so cc pm js ts cs db gz xz vb id is'.split(' '));
const SECOND_LEVEL = /^(?:co|com|net|org|gov|gob|edu|ac|or|ne|go)$/;

export function isInternalSuffix(label: string): boolean {
  return INTERNAL.has(label);
}

/** Whether dotted words end as a domain does. `isAddress`: they stand behind an @ or ://, where nothing else can. */
export function endsAsDomain(words: string, isAddress: boolean): boolean {
  const labels = words.split('.');
  const last = labels.at(-1) as string;
  const end = last.toLowerCase();
  if (isAddress) return /^[\p{L}]{2,24}$/u.test(last) || end.startsWith('xn--');
  if (INTERNAL.has(end)) return end !== 'ad' && end !== 'domain' && end !== 'test' ? true : labels.length > 2;
  if (end.startsWith('xn--')) return true;
  // A sentence that begins right behind the one before: "failed.No gateway".
  if (!/^(?:[a-z]+|[A-Z]+)$/.test(last) && !/^(?:Com|Org|Local)$/.test(last)) return false;
  if (GENERIC.has(end)) return true;
  return /^[a-z]{2}$/.test(end) && (labels.length > 2 || !FILES.has(end)) && COUNTRIES.has(end);
}

/** How many labels at the end are the registry's: `co.uk` are two. */
export function suffixLabels(labels: readonly string[]): number {
  const [second = '', last = ''] = labels.slice(-2);
  return last.length === 2 && SECOND_LEVEL.test(second) && labels.length > 2 ? 2 : 1;
}

const COUNTRIES = new Set(
  `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch
  ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl
  gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz
  la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no
  np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st
  sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`.split(
    /\s+/,
  ),
);
