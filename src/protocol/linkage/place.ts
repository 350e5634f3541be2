import { skeletonOf } from './skeleton.js';
import { transliterate } from './transliterate.js';

/** Words that say what kind of place it is. */
const KINDS: ReadonlySet<string> = new Set(
  (
    'al el as az ad ar ez es ed er city town village municipality district county province region oblast rayon raion okrug gorod grad selo ' +
    'gorod posyolok obshtina judet judetul comuna orasul sat qark rrethi fshat muhafazat wilaya vilayet il ilce tinh thanh pho quan huyen xa ' +
    'saint st sankt san santa de of the stadt kreis bezirk'
  ).split(' '),
);
/** Other names of one place, in a–z: capitals and large towns that languages call by names of their own. */
const SAME_PLACES: readonly string[] = [
  'damascus dimashq damas damaskus sham',
  'aleppo halab haleb alep',
  'homs hims',
  'baghdad bagdad',
  'basra basrah albasrah bassora',
  'erbil arbil hewler irbil',
  'mosul mausil mawsil mossoul',
  'cairo qahira kahire kairo',
  'alexandria iskandariya iskenderiye',
  'tangier tanja tanger',
  'fez fas fes',
  'marrakesh marrakech marakish',
  'casablanca darbaida',
  'rabat ribat',
  'oujda wajda wujda',
  'algiers algier alger jazair',
  'tripoli tarabulus trablus',
  'beirut bayrut beyrouth',
  'jerusalem quds yerushalayim',
  'kyiv kiev kyjiv kijow kiew',
  'kharkiv kharkov charkow charkiw',
  'lviv lvov lwow lemberg',
  'odesa odessa',
  'dnipro dnepr dnipropetrovsk',
  'zaporizhzhia zaporozhye zaporoze saporischschja saporoschje',
  'chernivtsi chernovtsy czerniowce cernauti czernowitz',
  'mykolaiv nikolaev',
  'chisinau kishinev kisinau',
  'balti beltsy',
  'tiraspol',
  'moscow moskva moskau moscou',
  'bucharest bucuresti bukarest bukurest',
  'belgrade beograd belgrad',
  'sofia sofiya',
  'skopje skopie shkup uskup',
  'pristina prishtina prishtine',
  'tirana tirane',
  'warsaw warszawa warschau varshava',
  'prague praha prag',
  'vienna wien',
  'athens athina athen',
  'thessaloniki salonica saloniki',
  'istanbul stamboul konstantinopel',
  'rome roma rom',
  'milan milano mailand',
  'lisbon lisboa',
  'brussels bruxelles brussel',
  'copenhagen kobenhavn',
  'hague denhaag sgravenhage',
  'tbilisi tiflis',
  'yerevan erevan jerewan',
  'tehran teheran',
  'kabul kaboul',
  'saigon hochiminh',
  'hanoi hanoy',
  'haiphong',
  'yangon rangoon',
  'kolkata calcutta',
  'mumbai bombay',
  'beijing peking pekin',
  'plovdiv filibe',
  'pazardzhik pazardjik',
  'deirzor dayrzawr deirezzor dayrzour',
  'latakia ladhiqiya lattakia',
  'mogadishu muqdisho maqadishu',
  'asmara asmera',
  'addisababa addisabeba',
];
const CANONICAL: ReadonlyMap<string, string> = new Map(
  SAME_PLACES.flatMap((line) => {
    const [first = '', ...others] = line.split(' ');
    return [first, ...others].map(
      (name) => [skeletonOf(transliterate(name)), skeletonOf(transliterate(first))] as const,
    );
  }),
);
const BREAKS = /[\s,;/\-‐‑–—_()']+/u;

/** The skeleton of a place's name without the words that say what kind of place it is; empty when nothing is left. */
export function placeSkeletonOf(place: string): string {
  const words = place
    .normalize('NFKC')
    .toLowerCase()
    .split(BREAKS)
    .map(transliterate)
    .filter((word) => word !== '');
  const named = words.filter((word) => !KINDS.has(word));
  const skeleton = skeletonOf((named.length > 0 ? named : words).join(''));
  const digits = place.normalize('NFKC').replace(/\D/g, '');
  return (CANONICAL.get(skeleton) ?? skeleton) + digits;
}
